import type { KeptAnswer } from '../kept.ts';
import { onlyYou } from '../words.ts';
import { actions, button, context, cut, type Message, paragraph, richText, words } from './pieces.ts';

/** Face b3: the finding and how it was read, only to the person; the whole answer lies in their direct messages. */
export function previewFace(kept: KeptAnswer, permalink: string | undefined, mayShare: boolean): Message {
  const { outcome } = kept;
  const whole = 'The whole answer is in your messages with Askstream.';
  const [bold, rest] = saying(kept);
  return {
    text: cut(`${bold} ${whole}`, 400),
    blocks: [
      richText(paragraph(words(cut(bold, 400), 'bold'), words(rest ? ` ${cut(rest, 400)}` : ''))),
      context(outcome.kind === 'answer' ? `Read as: ${cut(outcome.readAs, 600)}` : '', `${onlyYou} ${whole}`),
      ...actions(
        ...(mayShare ? [button('Share in this channel', 'answer.share', kept.id)] : []),
        ...(permalink ? [button('Open the whole answer', 'answer.open', kept.id, { url: permalink })] : []),
      ),
    ],
  };
}

function saying({ outcome }: KeptAnswer): readonly [string, string] {
  switch (outcome.kind) {
    case 'answer':
      return [outcome.bigNumber ? `${outcome.bigNumber} · ${outcome.headline}` : outcome.headline, outcome.more];
    case 'clarify':
      return [outcome.reading.question, 'The answers to choose from are in your direct messages.'];
    case 'decline':
    case 'refused':
      return [outcome.sentence, ''];
    case 'failed':
      return ['Something broke on my side, and I have no answer for you. I’m sorry.', `Reference ${outcome.reference}.`];
  }
}
