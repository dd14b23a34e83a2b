import { localTime } from '../answer/words/say-footer.ts';
import { answerFace } from './blocks/answer-face.ts';
import { clarifyFace, declineFace, failureFace } from './blocks/asking-faces.ts';
import type { Message } from './blocks/pieces.ts';
import { refusedFace } from './blocks/refused-face.ts';
import type { KeptAnswer } from './kept.ts';

export interface FaceAbout {
  /** Until when a price may be approved: a time of day in the shop's zone. */
  readonly until?: string;
  /** What the month has cost so far: «$18.40 of $60.00». */
  readonly month?: string;
  /** A query is stopped after so many seconds. */
  readonly mostSeconds?: number;
  /** Asked through `/sql` or the editor. */
  readonly sqlDoor: boolean;
  /** Editors may approve it for its question. */
  readonly canVerify?: boolean;
}

/** Any outcome → its message: the one place where a kept outcome gets its face. */
export function faceOf(kept: KeptAnswer, about: FaceAbout): Message {
  const { outcome, id, picture, shared, updated, digest } = kept;
  switch (outcome.kind) {
    case 'answer':
      return answerFace(pictureless(outcome, picture), {
        id,
        ...(picture ? { picture } : {}),
        ...(shared ? { shared } : {}),
        ...(updated ? { updated } : {}),
        ...(about.canVerify ? { canVerify: true } : {}),
        ...(digest
          ? {
              digest: {
                line: digest.line,
                name: digest.name,
                ...(digest.late ? { late: { code: 'stale', ...digest.late } } : {}),
              },
            }
          : {}),
      });
    case 'clarify':
      return clarifyFace(outcome, id);
    case 'decline':
      return declineFace(outcome, id);
    case 'refused':
      return refusedFace(outcome, id, about);
    case 'failed':
      return failureFace(outcome, id);
  }
}

/** An instant as a time of day. */
export function untilTime(until: string, zone: string): string {
  return localTime(until, zone, '').split(', ').at(-1)!;
}

/** A picture that was drawn and isn't in Slack leaves a mark, so that nobody looks for it. */
function pictureless(answer: Extract<KeptAnswer['outcome'], { kind: 'answer' }>, picture: string | undefined) {
  const hasPng = answer.png !== undefined;
  const said = answer.marks.some((m) => m.code === 'no_picture');
  if (picture || !hasPng || said) return answer;
  const mark = {
    code: 'no_picture',
    title: 'No picture this time.',
    text: 'Slack wasn’t ready for it; the numbers are complete.',
  } as const;
  return { ...answer, marks: [...answer.marks, mark] };
}
