import type { Claim, SpendingKind, Spendings, Spent } from '../services/spending.ts';

/** What a day has cost, by person and kind. The empty name is nobody in person. */
export interface DayBook {
  readonly people: Readonly<Record<string, Readonly<Partial<Record<SpendingKind, Spent>>>>>;
  /** Dollars of claims that are not settled, by id: those of killed processes stay. */
  readonly open: Readonly<Record<string, number>>;
}

export const emptyBook: DayBook = { people: {}, open: {} };

/** The book with a claim in it; one of the same id that was never settled gives way to it. */
export function withClaim(book: DayBook, claim: Claim): DayBook {
  const before = book.open[claim.id] ?? 0;
  const entered = withEntry(book, claim, { usd: claim.usd - before, bytes: 0, queries: 0 });
  return { ...entered, open: { ...entered.open, [claim.id]: claim.usd } };
}

/** The book with the real figures in a claim's place; as it is where that was done before. */
export function withSettled(book: DayBook, claim: Claim, real: Spent): DayBook {
  if (!Object.hasOwn(book.open, claim.id)) return book;
  const { [claim.id]: _, ...open } = book.open;
  return { ...withEntry(book, claim, { ...real, usd: real.usd - claim.usd }), open };
}

/** The book with one entry more; a correction may be negative. */
export function withEntry(book: DayBook, { who, kind }: Pick<Claim, 'who' | 'kind'>, spent: Spent): DayBook {
  const own = book.people[who] ?? {};
  return { ...book, people: { ...book.people, [who]: { ...own, [kind]: plus(own[kind], spent) } } };
}

/** Books added up. */
export function sumBooks(books: readonly DayBook[]): Spendings {
  let total: Spent = nothing;
  const byPerson: Record<string, Spent> = {};
  const byKind: Partial<Record<SpendingKind, Spent>> = {};
  for (const [who, kinds] of books.flatMap((book) => Object.entries(book.people)))
    for (const [kind, spent] of Object.entries(kinds) as [SpendingKind, Spent][]) {
      total = plus(total, spent);
      byPerson[who] = plus(byPerson[who], spent);
      byKind[kind] = plus(byKind[kind], spent);
    }
  return { total, byPerson, byKind };
}

const nothing: Spent = { usd: 0, bytes: 0, queries: 0 };

function plus(one: Spent = nothing, other: Spent): Spent {
  // A sum that was reserved and released again must not stay below nothing by rounding.
  const usd = Math.max(0, one.usd + other.usd);
  return { usd, bytes: one.bytes + other.bytes, queries: one.queries + other.queries };
}
