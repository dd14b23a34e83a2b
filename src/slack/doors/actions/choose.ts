import type { KeptAnswer } from '../../kept.ts';
import type { Room } from '../../room.ts';
import { tryThese } from '../../words.ts';
import { clickOf, halves } from '../click.ts';
import type { Door } from '../door.ts';
import { keptFor, pressed } from '../pressed.ts';

/** Buttons that ask something: ready answers of a question back, the nearest question, next questions, questions to try. */
export const choose: Door = (bolt, room) => {
  bolt.action(/^(clarify|decline\.nearest|answer\.next)\.\d$/, async ({ ack, body }) => {
    const click = clickOf(body);
    const [index, id] = halves(click.value);
    const kept = await keptFor(id, click, room);
    await ack();
    const text = kept && questionOf(kept, click.action, Number(index));
    if (!kept || !text) return;
    const last = await lastOf(kept, click.action, room);
    const edit = click.action.startsWith('clarify.') && click.user === kept.asker ? kept.id : undefined;
    await room.ask(pressed(click, { kind: 'ask', text, ...(last ? { last } : {}) }, room, { edit }));
  });
  bolt.action(/^home\.try\.\d$/, async ({ ack, body }) => {
    const click = clickOf(body);
    const chosen = tryThese[Number(click.action.at(-1)) - 1];
    if (chosen) await room.ask(pressed(click, { kind: 'ask', text: chosen.question }, room));
    await ack();
  });
};

function questionOf({ outcome }: KeptAnswer, action: string, index: number): string | undefined {
  if (outcome.kind === 'clarify' && action.startsWith('clarify.')) return outcome.reading.choices[index]?.question;
  if (outcome.kind === 'decline' && action.startsWith('decline.')) return outcome.nearest?.question;
  return outcome.kind === 'answer' ? outcome.next[index]?.question : undefined;
}

/** A next question changes the answer it stands under, whatever was said in the thread since. */
async function lastOf(kept: KeptAnswer, action: string, room: Room) {
  if (action.startsWith('answer.next') && kept.outcome.kind === 'answer') return kept.outcome.reading;
  if (!action.startsWith('clarify.') || !kept.thread) return undefined;
  return (await room.kept.thread(kept.channel, kept.thread))?.reading;
}
