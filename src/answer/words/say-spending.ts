import type { SpendingKind, SpendingReport, Spendings, Spent } from '../../services/spending.ts';

/** «$0.40 of $5.00», «$0.40, no budget is set». */
export function sayBudget(usd: number, limit: number | undefined): string {
  return limit === undefined ? `${sayMoney(usd)}, no budget is set` : `${sayMoney(usd)} of ${sayLimit(limit)}`;
}

/** A limit as it was set: `$5.00`, `$0.004`. */
export function sayLimit(usd: number): string {
  return `$${Number.isInteger(usd * 100) ? usd.toFixed(2) : String(usd)}`;
}

/** «questions $0.31, SQL $0.09»; what cost nothing is left out. */
export function sayByKind({ byKind }: Spendings): string {
  const parts = (Object.entries(kindWords) as [SpendingKind, string][]).flatMap(([kind, word]) => {
    const spent = byKind[kind];
    return spent ? [`${word} ${sayMoney(spent.usd)}`] : [];
  });
  return parts.join(', ') || 'nothing yet';
}

/** People by what they cost, most first; `say` names one. What nobody asked in person stands under `house`. */
export function sayByPerson(
  { byPerson }: Spendings,
  say: (who: string) => string,
  most: number,
  house = 'Askstream itself',
): string {
  const sorted = Object.entries(byPerson).toSorted(([, a], [, b]) => b.usd - a.usd);
  const shown = sorted
    .slice(0, most)
    .map(([who, spent]) => `${who === '' ? house : say(who)} ${sayMoney(spent.usd)}${queries(spent)}`);
  const left = sorted.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ') || 'nobody yet';
}

/** «November» of `2026-11-24`. */
export function monthOf({ day }: Pick<SpendingReport, 'day'>): string {
  return new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

const kindWords: Readonly<Record<SpendingKind, string>> = {
  question: 'questions',
  sql: 'SQL',
  model: 'the model that reads questions',
  digest: 'digests',
  correction: 'corrections after a refresh',
  upkeep: 'learning names and values',
};

/** Cents, and a sum below one as such: «under $0.01» and not «$0.00». */
export function sayMoney(usd: number): string {
  return usd > 0 && usd < 0.005 ? 'under $0.01' : `$${usd.toFixed(2)}`;
}

function queries({ queries: n }: Spent): string {
  return n === 0 ? '' : ` (${n.toLocaleString('en')} ${n === 1 ? 'query' : 'queries'})`;
}
