import type { Clarify, Decline, Failed } from '../../answer/stations.ts';
import { emptyQuestion, failure, onlyYou, ownWords, tryThese } from '../words.ts';
import { refreshFirst } from './answer-row.ts';
import { actions, button, context, cut, type Message, paragraph, preformatted, richText, words } from './pieces.ts';

/** Clarify → face g: one question, ready answers as buttons. */
export function clarifyFace(clarify: Clarify, id: string): Message {
  const { reading } = clarify;
  const [first, rest] = firstSentence(reading.question);
  const labels = reading.choices.map((c) => c.label).join(', ');
  return {
    text: cut(`${reading.question} ${labels}. Choose one, or answer in this thread.`, 400),
    blocks: [
      richText(paragraph(words(first, 'bold'), words(rest))),
      ...actions(...reading.choices.slice(0, 4).map((c, i) => button(cut(c.label, 75), `clarify.${i + 1}`, `${i}:${id}`))),
      context(clarify.readAs ? `${clarify.readAs}. ${ownWords}` : ownWords, clarify.note ?? ''),
    ],
  };
}

/** Decline → faces h and i: the reason by name, the nearest question as a button, how an owner can make it answerable. */
export function declineFace(decline: Decline, id: string): Message {
  const [first, rest] = firstSentence(decline.sentence);
  const nearest = decline.nearest;
  return {
    text: cut(nearest ? `${decline.sentence} Nearest: ${nearest.label}.` : decline.sentence, 400),
    blocks: [
      richText(paragraph(words(first, 'bold'), words(nearest && rest === '' ? ' This comes nearest:' : rest))),
      ...(nearest ? actions(button(cut(nearest.label, 75), 'decline.nearest.1', `0:${id}`)) : []),
      ...(decline.reading.reason === 'no_data' ? actions(refreshFirst(id)) : []),
      ...(decline.how || decline.note ? [context(cut(decline.how ?? '', 500), decline.note ?? '')] : []),
    ],
  };
}

/** Failed → face t: ours, kept, with a reference and nothing of the fault itself. */
export function failureFace(failed: Failed, id: string): Message {
  return {
    text: failure.text(failed.reference),
    blocks: [
      richText(paragraph(words(failure.bold, 'bold'), words(` ${failure.rest}`))),
      ...actions(button('Try again', 'question.again', id)),
      context(failure.where(failed.reference)),
    ],
  };
}

/** An empty mention: two sentences and questions to try. */
export function emptyFace(): Message {
  return {
    text: `${emptyQuestion.bold} ${emptyQuestion.rest} ${tryThese[1]!.label}.`,
    blocks: [
      richText(paragraph(words(emptyQuestion.bold, 'bold'), words(` ${emptyQuestion.rest}`))),
      ...actions(...tryThese.map((t, i) => button(t.label, `home.try.${i + 1}`, String(i)))),
    ],
  };
}

/** One bold sentence and what follows, only for the person: faces x1, x2, r3 and every small notice. */
export function notice(
  bold: string,
  rest = '',
  about: { text?: string; button?: Parameters<typeof button>; grey?: string } = {},
): Message {
  return {
    text: about.text ?? cut(`${bold} ${rest}`.trim(), 400),
    blocks: [
      richText(paragraph(words(bold, 'bold'), words(rest ? ` ${rest}` : ''))),
      ...(about.button ? actions(button(...about.button)) : []),
      context(about.grey ?? onlyYou),
    ],
  };
}

/** The SQL of a refusal with its caret, as the guard drew it. */
export function codeContext(text: unknown): ReturnType<typeof preformatted>[] {
  return typeof text === 'string' && text.includes('|') ? [preformatted(text, 1500)] : [];
}

/** «One. Two.» → the first sentence, and the rest with its leading space. */
export function firstSentence(text: string): readonly [string, string] {
  const end = /^.+?(?<!\b(?:vs|e\.g|i\.e|no))[.?](?=\s+[\p{Lu}“‘"'\d])/u.exec(text);
  return end ? [end[0], text.slice(end[0].length)] : [text, ''];
}
