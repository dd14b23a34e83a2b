import type { Glossary } from '../../glossary/glossary-schema.ts';
import { withMade } from '../../glossary/with-made.ts';
import type { Aside, Draft, DraftNote } from '../../metrics/draft.ts';
import type { QueryResult } from '../../services/warehouse.ts';
import { localDay } from './say-day.ts';
import { sayValue } from './say-value.ts';

/** How it was counted: the definitions of what is shown, then what the composer had to decide, then what was left out. */
export function sayCounted(draft: Draft, own: Glossary): string[] {
  const glossary = withMade(draft.reading, own);
  const ids = draft.reading.kind === 'metric' ? draft.reading.metrics : [];
  const shown = draft.columns.filter((c) => c.role === 'metric' && c.of).map((c) => c.of!);
  const definitions = [...new Set([...ids, ...shown])]
    .filter((id) => glossary.metrics[id])
    .map((id) => `${capital(glossary.metrics[id]!.label)}: ${glossary.metrics[id]!.definition}`);
  return [...new Set(definitions)];
}

/** What the answer leaves out comes first, since it changes how to read the number; then the notes of the draft. */
export function sayNotes(draft: Draft, asides: Readonly<Record<string, QueryResult>>): string[] {
  const lost = draft.asides.filter(({ id }) => !(id in asides)).map(({ id }) => lostAside[id]);
  const left = [otherCurrencies(asides.other_currencies), unknownPlace(asides.unknown_place), leftOut(asides.left_out)];
  return [...new Set([...left, ...lost, ...draft.notes.map(sayNote)])].filter((s) => s !== undefined);
}

const lostAside: Readonly<Record<Aside['id'], string>> = {
  other_currencies: 'Amounts in other currencies could not be counted this time.',
  unknown_place: 'How much has no known place could not be counted this time.',
  totals: 'The total could not be counted this time, so no share of it is given.',
  left_out: 'How much was left out of the ranking could not be counted this time.',
  sample_sizes: 'The sizes of the samples could not be counted this time.',
};

/** Columns of the aside: the first measure of the question, over everything without a known place. */
function unknownPlace(result: QueryResult | undefined): string | undefined {
  const amount = result?.rows[0]?.find((v) => typeof v === 'number');
  return typeof amount === 'number' && amount > 0
    ? `Not in it: ${amount.toLocaleString('en')} without a known place.`
    : undefined;
}

/** Columns of the aside: groups, units. */
function leftOut(result: QueryResult | undefined): string | undefined {
  const [groups, units] = result?.rows[0] ?? [];
  return typeof groups === 'number' && typeof units === 'number' && groups > 0
    ? `Left out: ${groups.toLocaleString('en')} small ${groups === 1 ? 'group' : 'groups'} with ${units.toLocaleString('en')} units together.`
    : undefined;
}

function sayNote({ code, facts }: DraftNote): string | undefined {
  switch (code) {
    case 'default_period':
      return `No period was named, so the last ${facts.days} complete days.`;
    case 'currency':
      return `Money is in ${facts.currency}; currencies are never added up.`;
    case 'by_currency':
      return 'A row per currency; currencies are never added up.';
    case 'bots_included':
      return 'Bots are included.';
    case 'bots_only':
      return 'Bots only.';
    case 'small_groups_left_out':
      return `Groups under ${Number(facts.min_share) * 100}% of the whole or under ${facts.min_units} units are left out of the ranking.`;
    case 'share_not_additive':
      return 'Shares are left out: these numbers do not add up to a whole.';
    case 'share_overlaps':
      return 'The shares add up to more than 100% where someone is in several groups.';
    case 'not_over':
      return `The last ${facts.days} days can still change: an order may follow within ${facts.days} days.`;
    case 'part_buckets':
      return `${facts.first && facts.last ? 'The first and the last' : facts.first ? 'The first' : 'The last'} ${facts.grain} holds only the days within the period.`;
    case 'complete_units':
      return `Averaged over complete ${facts.per}s, ${localDay(String(facts.from))} to ${localDay(String(facts.to))}.`;
    case 'funnel_open':
      return 'A session counts at a step if it reached it at any time (open funnel).';
    case 'funnel_in_order':
      return `Steps count one after the other${facts.window_minutes ? `, within ${facts.window_minutes} minutes` : ''} (closed funnel).`;
    case 'variant':
      return `With this breakdown ${String(facts.asked).toLowerCase()} means ${String(facts.label).toLowerCase()}.`;
    case 'beyond_data':
      return facts.side === 'before'
        ? `The data do not reach the whole of ${facts.label}, so the comparison is with what there is.`
        : undefined;
    default:
      // A caveat, a partial period and the reach of the data are marks above the picture.
      return undefined;
  }
}

/** «Not in it: 61 orders in CHF, CHF 4,982.10.» Columns of the aside: currency, orders, amount. */
function otherCurrencies(result: QueryResult | undefined): string | undefined {
  const rows = result?.rows.filter((row) => typeof row[0] === 'string') ?? [];
  if (rows.length === 0) return undefined;
  const parts = rows.map((row) => {
    const numbers = row.slice(1).filter((v): v is number => typeof v === 'number');
    const amount = numbers.at(-1);
    const orders = numbers.length > 1 ? `${numbers[0]!.toLocaleString('en')} orders, ` : '';
    return `${orders}${amount === undefined ? row[0] : sayValue(amount, { unit: 'money', currency: String(row[0]) })}`;
  });
  return `Not in it: ${parts.join('; ')}. Currencies are never added up.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
