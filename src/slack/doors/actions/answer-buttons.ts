import { notice } from '../../blocks/asking-faces.ts';
import { sqlEditor } from '../../blocks/sql-editor.ts';
import { sendCsv } from '../../jobs/answer-job.ts';
import type { Work } from '../../jobs/job.ts';
import { denialFace } from '../../jobs/say-denied.ts';
import { workAgain } from '../../jobs/work-again.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import { type Click, clickOf, halves } from '../click.ts';
import type { Door } from '../door.ts';
import { openView } from '../open-view.ts';
import { keptFor, pressed, tell } from '../pressed.ts';
import { redraw } from './redraw.ts';
import { scheduleAnswer } from './schedule-answer.ts';
import { shareAnswer } from './share.ts';
import { verifyAnswer } from './verify.ts';

/** The row under an answer and its ··· menu. */
export const answerButtons: Door = (bolt, room) => {
  const on = (action: string | RegExp, act: (kept: KeptAnswer, click: Click, room: Room, word: string) => Promise<void>) =>
    bolt.action(action, async ({ ack, body }) => {
      const click = clickOf(body);
      const [word, id] = click.value.includes(':') ? halves(click.value) : ['', click.value];
      await ack();
      if (await room.access.isOutsider(click.user)) return;
      const kept = await keptFor(id, click, room);
      if (kept) await act(kept, click, room, word);
    });
  on('answer.csv', sendRows);
  on('answer.more', fromMenu);
  on('answer.redraw', redraw);
  on('answer.share', shareAnswer);
  on('sql.edit', editSql);
  on(/^sql\.advice\.\d$/, followAdvice);
  on(/^(sql\.again|question\.again)$/, askAgain);
  // A button with a url tells of its press too; there is nothing to do.
  bolt.action(/^(answer\.open|home\.answer\.\d)$/, async ({ ack }) => ack());
};

async function fromMenu(kept: KeptAnswer, click: Click, room: Room, word: string): Promise<void> {
  switch (word) {
    case 'edit_sql':
      return editSql(kept, click, room);
    case 'again':
      return askAgain(kept, click, room);
    case 'redraw':
      return redraw(kept, click, room);
    case 'share':
      return shareAnswer(kept, click, room);
    case 'schedule':
      return scheduleAnswer(kept, click, room);
    case 'verify':
      return verifyAnswer(kept, click, room);
  }
}

/** In a channel only to the one who asked for it: as a file in their direct messages; else in the thread. */
async function sendRows(kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  if (!(await room.kept.once(`csv:${kept.id}:${click.message}:${click.user}`, 10_000))) return;
  const to = click.channel ? { channel: click.channel, thread: click.thread } : { channel: kept.channel, thread: kept.thread };
  if (await room.access.isExternal(to.channel)) return;
  await sendCsv(kept, to, room);
}

/** The changed SQL, once: its answer comes below, with the SQL that ran. */
async function followAdvice(kept: KeptAnswer, click: Click, room: Room, index: string): Promise<void> {
  if (kept.outcome.kind !== 'answer') return;
  const { advice, modelSql, question } = kept.outcome;
  const sql = advice?.[Number(index)]?.offer?.sql;
  if (sql === undefined) return;
  // What a model wrote stays marked as such, and is open to who may ask in words.
  const work: Work = modelSql ? { kind: 'reading', reading: { ...modelSql, sql }, text: question } : { kind: 'sql', text: sql };
  const job = pressed(click, work, room, { once: true });
  const denial = await room.access.deny(job);
  if (denial) return tell(click, denialFace(denial, job.id), room);
  await room.ask(job);
}

async function editSql(kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  if (!room.access.maySql(click.user))
    return tell(click, notice('SQL is for engineers here.', 'The answer shows the SQL that ran.'), room);
  const { outcome } = kept;
  const sql = outcome.kind === 'answer' || outcome.kind === 'refused' ? outcome.sql : kept.outcome.question;
  const warning = outcome.kind === 'refused' ? outcome.sentence : undefined;
  await openView(sqlEditor({ sql, ...(warning ? { warning } : {}) }), click.trigger, room);
}

/** The same question or SQL, now; the new answer comes below the old one. */
async function askAgain(kept: KeptAnswer, click: Click, room: Room): Promise<void> {
  await room.ask(pressed(click, workAgain(kept), room));
}
