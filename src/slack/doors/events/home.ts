import { sayZone } from '../../../answer/words/say-footer.ts';
import { monthOf, sayBudget, sayByKind, sayByPerson, sayLimit } from '../../../answer/words/say-spending.ts';
import { sayDay } from '../../../answer/words/say-value.ts';
import { type HomeFacts, homeFace } from '../../blocks/home-face.ts';
import { helpModal } from '../../blocks/small-modals.ts';
import type { KeptAnswer } from '../../kept.ts';
import { localDay, reachOf, timeOf } from '../../local-time.ts';
import type { Room } from '../../room.ts';
import { callSlack } from '../../send/call-slack.ts';
import { helpLines, notYours, tryThese } from '../../words.ts';
import { clickOf } from '../click.ts';
import type { Door } from '../door.ts';
import { asView, openView } from '../open-view.ts';

/** App Home is drawn anew each time it is opened, since stale numbers without their time would mislead. */
export const home: Door = (bolt, room) => {
  bolt.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await publishHome(event.user, room);
    else await suggest(event.channel, room);
  });
  bolt.action('home.help', async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    await openView(helpModal(helpLines), click.trigger, room);
  });
};

/** Shows one person their Home tab. */
export async function publishHome(user: string, room: Room): Promise<void> {
  const view = (await room.access.isOutsider(user))
    ? { type: 'home', blocks: [{ type: 'section', text: { type: 'plain_text', text: notYours } }] }
    : homeFace(await factsFor(user, room));
  await callSlack(() => room.client.views.publish({ user_id: user, view: asView(view) }), room.sleep);
}

async function factsFor(user: string, room: Room): Promise<HomeFacts> {
  const guard = await room.guardTest?.();
  const [fresh, pending, digests, answers, money, verified] = await Promise.all([
    room.refresher.freshness(),
    room.refresher.pending().catch(() => undefined),
    room.digests.list(user),
    room.kept.recentOf(user, 5),
    moneyFor(user, room).catch((fault: unknown) => void room.report(fault, 'spending')),
    room.verified?.list() ?? [],
  ]);
  const today = localDay(room.clock.now(), room.zone);
  const complete = fresh.lastDay && (fresh.lastDay < today ? fresh.lastDay : dayBefore(today));
  return {
    ...(fresh.newestEventTime ? { reach: reachOf(fresh.newestEventTime, room) } : {}),
    ...(complete ? { completeTo: `${sayDay(complete)} ${complete.slice(0, 4)}` } : {}),
    ...(fresh.lastRunAt ? { lastRefresh: timeOf(fresh.lastRunAt, room) } : {}),
    waiting: pending ? `${pending.files.toLocaleString('en')} new files` : 'unknown',
    digests: digests.map((s) => ({
      subscription: s,
      next: sayDay(localDay(room.digests.next(s), s.zone)),
      ...(s.lastPosted ? { last: timeOf(s.lastPosted, room) } : {}),
    })),
    answers: await Promise.all(answers.map((kept) => answerRow(kept, room))),
    verified: verified.length,
    may: room.access.maySql(user) ? 'an engineer: ask, SQL, refresh, schedule' : 'an analyst: ask, refresh, schedule',
    zoneName: sayZone(room.zone),
    engine: room.engine,
    ...(money ? { money } : {}),
    ...(guard ? { guard } : {}),
  };
}

/** From the counters that every process writes; who costs what is for editors. */
async function moneyFor(user: string, room: Room): Promise<HomeFacts['money']> {
  const report = await room.spending?.report();
  if (!report) return undefined;
  const { today, month, limits } = report;
  const person = (who: string) => `<@${who}>`;
  const details = { byKind: sayByKind(month), byPerson: sayByPerson(month, person, 10) };
  return {
    today: sayBudget(today.total.usd, limits.workspace),
    own: sayBudget(today.byPerson[user]?.usd ?? 0, limits.person),
    month: { name: monthOf(report), spent: sayBudget(month.total.usd, limits.month) },
    free: room.approveUsd === undefined ? 'as set' : `up to ${sayLimit(room.approveUsd)} a question`,
    ...(room.access.isEditor(user) ? { details } : {}),
  };
}

async function answerRow(kept: KeptAnswer, room: Room): Promise<HomeFacts['answers'][number]> {
  const { outcome, id, channel, message } = kept;
  const permalink = message
    ? await room.client.chat.getPermalink({ channel, message_ts: message }).then(
        (found) => found.permalink,
        () => undefined,
      )
    : undefined;
  const finding = outcome.kind === 'answer' ? (outcome.bigNumber ?? outcome.headline) : '';
  return { id, question: outcome.question, finding, when: timeOf(kept.askedAt, room), ...(permalink ? { url: permalink } : {}) };
}

async function suggest(channel: string, room: Room): Promise<void> {
  const prompts = tryThese.map(({ label, question }) => ({ title: label, message: question }));
  await room.progress.assistant.threads
    .setSuggestedPrompts({ channel_id: channel, prompts: prompts as [{ title: string; message: string }] })
    .catch((fault: unknown) => room.log.debug({ fault: String(fault) }, 'prompts were dropped'));
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
