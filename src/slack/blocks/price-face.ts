import type { Approval, Refused, Smaller } from '../../answer/stations.ts';
import { nothingRan, sayAbout, sizeUnknown } from '../../answer/words/say-refusal.ts';
import { sayBytes, sayUsd } from '../../answer/words/say-value.ts';
import {
  actions,
  button,
  context,
  cut,
  escaped,
  type Message,
  mrkdwn,
  type Piece,
  paragraph,
  preformatted,
  richText,
  words,
} from './pieces.ts';

/** What a price card tells beside the price. */
export interface PriceAbout {
  /** A time of day in the shop's zone. */
  readonly until?: string;
  /** «$18.40 of $60.00». */
  readonly month?: string;
  /** A query is stopped after so many seconds. */
  readonly mostSeconds?: number;
}

/** Faces p and o: the price in the first sentence and on the button. */
export function priceFace(refused: Refused, id: string, about: PriceAbout): Message {
  const { until } = about;
  const approval = refused.approval!;
  const who = `You or an editor can decide${until ? `, until ${until}` : ''}.`;
  const read = refused.readAs ? [cut(`Read as: ${refused.readAs}`, 700)] : [];
  const body = approval.partition === undefined ? priceCard(refused, approval, id, about) : unboundCard(refused, approval, id);
  return { text: cut(refused.sentence, 400), blocks: [...body, context(...read, `${nothingRan} ${who}`)] };
}

/** The button of the cheaper way; its price stands on it. */
export function smallerButton({ label, usd }: Smaller, id: string): Piece {
  return button(`${label} for ${sayUsd(usd)}`, 'price.smaller', id);
}

function priceCard(
  refused: Refused,
  { bytes, usd, unknown }: Approval,
  id: string,
  { month, mostSeconds }: PriceAbout,
): readonly Piece[] {
  const { smaller, reads } = refused;
  const price = sayUsd(usd);
  const lead = unknown
    ? `${sizeUnknown(unknown)} It costs ${price} at most.`
    : `This costs ${sayAbout(usd)}, above what runs without asking.`;
  const days = reads?.days ? ` in ${reads.days.toLocaleString('en')} ${reads.days === 1 ? 'day' : 'days'}` : '';
  const amount = unknown ? `${sayBytes(bytes)} and what isn’t known` : `${sayBytes(bytes)}${days}`;
  return [
    richText(paragraph(words(lead, 'bold'))),
    {
      type: 'section',
      fields: [
        mrkdwn(`*Reads*\n${escaped(reads?.what ?? 'the tables of this question')}`),
        mrkdwn(`*Amount*\n${amount}`),
        ...(month ? [mrkdwn(`*This month so far*\n${escaped(month)}`)] : []),
        // Nobody can tell how long it takes before it runs; how long at most is kept.
        ...(mostSeconds ? [mrkdwn(`*Takes*\n${mostSeconds.toLocaleString('en')} s at most, then it is stopped`)] : []),
      ],
    },
    ...(smaller?.added ? [richText(paragraph(words('Smaller is the same with this bound:')), preformatted(smaller.added))] : []),
    ...actions(
      button(`Approve ${price}`, 'price.approve', id, { primary: true }),
      ...(smaller ? [smallerButton(smaller, id)] : []),
      button('Cancel', 'price.cancel', id),
    ),
  ];
}

/** Both prices and the line to add; who wants all days gets them. */
function unboundCard({ smaller }: Refused, { bytes, usd, partition }: Approval, id: string): readonly Piece[] {
  const shorter = smaller ? ` The last 7 days are ${sayBytes(smaller.bytes)}, ${sayAbout(smaller.usd)}. I would add this:` : '';
  const confirm = {
    title: 'Run all days?',
    text: `It reads ${sayBytes(bytes)} and costs ${sayAbout(usd)}.`,
    yes: 'Run all days',
    no: 'Not now',
  };
  return [
    richText(
      paragraph(
        words(`This reads all days: ${sayBytes(bytes)}, ${sayAbout(usd)}.`, 'bold'),
        words(' Nothing in it bounds '),
        words(partition ?? 'dt', 'code'),
        words(`.${shorter}`),
      ),
      smaller?.added ? [preformatted(`WHERE ${smaller.added}`)] : [],
    ),
    ...actions(
      ...(smaller ? [button('Run the last 7 days', 'sql.smaller', id, { primary: true })] : []),
      button(`Run all for ${sayAbout(usd)}`, 'sql.run_anyway', id, { confirm }),
      button('Edit the SQL', 'sql.edit', id),
    ),
  ];
}
