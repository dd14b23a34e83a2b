import { type Subscription, sayWhen } from '../../digest/subscription.ts';
import { tryThese } from '../words.ts';
import { actions, button, context, cut, escaped, header, mrkdwn, overflow, type Piece } from './pieces.ts';
import { verifiedRow } from './verified-faces.ts';

/** What App Home tells one person; times and days are ready to be read. */
export interface HomeFacts {
  /** «13:47 today»; absent while the tables are empty. */
  readonly reach?: string;
  readonly completeTo?: string;
  readonly lastRefresh?: string;
  readonly waiting: string;
  readonly digests: readonly { readonly subscription: Subscription; readonly last?: string; readonly next: string }[];
  readonly answers: readonly {
    readonly id: string;
    readonly question: string;
    readonly finding: string;
    readonly when: string;
    readonly url?: string;
  }[];
  /** How many questions are verified. */
  readonly verified?: number;
  readonly may: string;
  readonly zoneName: string;
  readonly engine: string;
  /** What queries cost; absent where nobody counts. `details` are for the ones who decide over money. */
  readonly money?: {
    readonly today: string;
    readonly own: string;
    readonly month: { readonly name: string; readonly spent: string };
    readonly free: string;
    readonly details?: { readonly byKind: string; readonly byPerson: string };
  };
  /** Attacks that the guard was tried on at this start, and how many it let through. */
  readonly guard?: { readonly tried: number; readonly passed: number };
}

/** Face v: freshness first, then doing, trying, own digests, own answers, money and safety. */
export function homeFace(facts: HomeFacts): Piece {
  const field = (name: string, value: string | undefined) => (value ? [mrkdwn(`*${name}*\n${escaped(value)}`)] : []);
  const fresh = [
    ...field('Complete to', facts.completeTo),
    ...field('Last refresh', facts.lastRefresh),
    ...field('Waiting', facts.waiting),
  ];
  return {
    type: 'home',
    blocks: [
      header(facts.reach ? `The data reach to ${facts.reach}` : 'There are no data yet'),
      ...(fresh.length > 0 ? [{ type: 'section', fields: fresh }] : []),
      ...actions(
        button('Refresh now', 'home.refresh', 'refresh', { primary: true }),
        button('What can I ask?', 'home.help', 'help'),
      ),
      divider,
      title('Try a question'),
      ...actions(...tryThese.map((t, i) => button(t.label, `home.try.${i + 1}`, String(i)))),
      divider,
      title('Your digests'),
      ...digestRows(facts),
      ...(facts.answers.length > 0 ? [divider, title('Your last answers'), ...facts.answers.map(answerRow)] : []),
      ...verifiedRow(facts.verified ?? 0),
      divider,
      title('Money and safety'),
      ...moneyRows(facts),
      {
        type: 'section',
        fields: [
          ...field('Read-only', 'one SELECT at a time, over open tables; nothing can be changed through me'),
          ...field('Guard', facts.guard && guardWords(facts.guard)),
          ...field('Runs on', facts.engine),
          ...field('You are', facts.may),
        ],
      },
      context(`Days are those of ${facts.zoneName} · query prices in USD`),
    ],
  };
}

const divider: Piece = { type: 'divider' };

function title(text: string): Piece {
  return { type: 'section', text: mrkdwn(`*${text}*`) };
}

function digestRows({ digests }: HomeFacts): readonly Piece[] {
  if (digests.length === 0) return [context('None yet. Under an answer, ··· › Schedule as a digest makes one.')];
  return digests.slice(0, 15).map(({ subscription: s, last, next }, i) => ({
    type: 'section',
    text: mrkdwn(
      `*${escaped(cut(s.name, 60))}*  ${sayWhen(s.schedule)} in <#${s.channel}>${s.paused ? ', paused' : ''}\n${last ? `Last: ${escaped(last)}. ` : ''}${s.paused ? '' : `Next: ${escaped(next)}.`}`,
    ),
    accessory: overflow(`home.digest.${i + 1}`, [
      ['Run it now', `run:${s.id}`],
      s.paused ? ['Resume', `resume:${s.id}`] : ['Pause', `pause:${s.id}`],
      ['Delete', `delete:${s.id}`],
    ]),
  }));
}

function answerRow({ id, question, finding, when, url }: HomeFacts['answers'][number], i: number): Piece {
  return {
    type: 'section',
    text: mrkdwn(`${escaped(cut(question, 150))}\n${escaped(cut(finding, 200))} · ${when}`),
    ...(url ? { accessory: button('Open', `home.answer.${i + 1}`, id, { url }) } : {}),
  };
}

/** Names of people come as `<@U…>` and are shown as such; everything else in these words is ours. */
function moneyRows({ money }: HomeFacts): readonly Piece[] {
  if (!money) return [];
  const { details } = money;
  const fields = [
    mrkdwn(`*Spent today*\n${money.today}`),
    mrkdwn(`*By you today*\n${money.own}`),
    mrkdwn(`*Spent in ${money.month.name}*\n${money.month.spent}`),
    mrkdwn(`*Runs without asking*\n${money.free}`),
  ];
  const lines = details ? `*${money.month.name} by kind*  ${details.byKind}\n*by person*  ${details.byPerson}` : '';
  return [{ type: 'section', fields }, ...(lines ? [{ type: 'section', text: mrkdwn(lines) }] : [])];
}

function guardWords({ tried, passed }: { readonly tried: number; readonly passed: number }): string {
  return passed === 0
    ? `tried on ${tried} attacks at this start, none passed`
    : `${passed} of ${tried} attacks passed; tell the one who runs Askstream`;
}
