import type { Glossary } from '../../glossary/glossary-schema.ts';
import type { Draft, DraftNote } from '../../metrics/draft.ts';
import type { QueryResult } from '../../services/warehouse.ts';
import { sayValue } from './say-value.ts';

/** How it was counted: the definitions of what is shown, then what the composer had to decide, then what was left out. */
export function sayCounted(draft: Draft, glossary: Glossary): string[] {
  const ids = draft.reading.kind === 'metric' ? draft.reading.metrics : [];
  const shown = draft.columns.filter((c) => c.role === 'metric' && c.of).map((c) => c.of!);
  const definitions = [...new Set([...ids, ...shown])]
    .filter((id) => glossary.metrics[id])
    .map((id) => `${capital(glossary.metrics[id]!.label)}: ${glossary.metrics[id]!.definition}`);
  return [...new Set(definitions)];
}

/** Notes of the draft and rows of its asides as sentences. Codes without words here stay out of the answer. */
export function sayNotes(draft: Draft, asides: Readonly<Record<string, QueryResult>>): string[] {
  return [...draft.notes.map(sayNote), otherCurrencies(asides.other_currencies)].filter((s) => s !== undefined);
}

function sayNote({ code, facts }: DraftNote): string | undefined {
  switch (code) {
    case 'default_period':
      return 'No period was named, so the last 28 complete days.';
    case 'currency':
      return `Money is in ${facts.currency}; currencies are never added up.`;
    case 'bots_included':
      return 'Bots are included.';
    case 'bots_only':
      return 'Bots only.';
    case 'small_groups_left_out':
      return `Groups under ${facts.least ?? '1% of the whole or 100 units'} are left out of the ranking.`;
    case 'funnel_grows':
      return 'A later step was reached by more sessions than an earlier one: some sessions skip a step.';
    case 'variant':
      return typeof facts.sentence === 'string' ? facts.sentence : undefined;
    // A caveat is a mark above the picture.
    case 'caveat':
      return undefined;
    case 'definition':
      return typeof facts.text === 'string' ? facts.text : undefined;
    default:
      return typeof facts.sentence === 'string' ? facts.sentence : undefined;
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
