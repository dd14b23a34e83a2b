import { sayVerified } from '../../../answer/words/say-verified.ts';
import type { DataReading, SqlReading } from '../../../glossary/reading.ts';
import { questionKey } from '../../../glossary/verified-question.ts';
import { notice } from '../../blocks/asking-faces.ts';
import { whisper } from '../../jobs/say-denied.ts';
import type { KeptAnswer } from '../../kept.ts';
import { localDay } from '../../local-time.ts';
import type { Room } from '../../room.ts';
import { unescapeText } from '../../typed-text.ts';
import { notAnEditor, verifiedNow } from '../../words.ts';
import type { Door } from '../door.ts';
import { filledIn } from '../view-values.ts';

/** An editor approved an answer for a question: from now on its words are read so. */
export const verifySubmitted: Door = (bolt, room) => {
  bolt.view('verify_question', async ({ ack, body, view }) => {
    const user = body.user.id;
    const no = (text: string) => ack({ response_action: 'errors', errors: { question: text } });
    if (!room.verified || !room.access.isEditor(user)) return no(notAnEditor.bold);
    const kept = await room.kept.get(view.private_metadata);
    const question = unescapeText(filledIn(view, 'question') ?? '').trim();
    const reading = kept && readingOf(kept, filledIn(view, 'says') ?? '');
    if (!kept || !reading) return no('This answer is gone. Ask again, then approve it.');
    if (questionKey(question) === '') return no('Write the question in words.');
    const approved = { by: await nameOf(user, room), on: localDay(room.clock.now(), room.zone) };
    const before = await room.verified.approve({ question, reading, approved });
    if (before) return no(`${sayVerified(before.approved)} has these words already. Take that back first.`);
    room.log.info({ answer: kept.id, by: user }, 'a question was verified');
    await ack();
    await whisper(notice(verifiedNow.bold(question), verifiedNow.rest), { user, channel: kept.channel }, room);
  });
};

/** What a model wrote is never approved: a person runs it as SQL of their own first. */
function readingOf({ outcome, via }: KeptAnswer, says: string): DataReading | SqlReading | undefined {
  if (outcome.kind !== 'answer' || outcome.modelSql || outcome.verified) return undefined;
  if (outcome.reading) {
    const { schedule: _, assumed = [], ...reading } = outcome.reading;
    // The asker's slips are no part of what is approved.
    const kept = assumed.filter((words) => !/^“.+” read as “.+”$/.test(words));
    return kept.length > 0 ? { ...reading, assumed: kept } : reading;
  }
  // The text as it was typed: what is shown was laid out anew.
  return via === 'sql' && says.trim() !== '' ? { kind: 'sql', sql: outcome.question, says: says.trim() } : undefined;
}

async function nameOf(user: string, { client }: Pick<Room, 'client'>): Promise<string> {
  const { user: person } = await client.users.info({ user }).catch(() => ({ user: undefined }));
  return person?.profile?.display_name || person?.real_name || 'an editor';
}
