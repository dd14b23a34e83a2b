import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';
import type { Claim, OverBudget, Reserved, Spending, SpendingKind, SpendingLimits, Spent } from '../services/spending.ts';
import { type DayBook, emptyBook, sumBooks, withClaim, withEntry, withSettled } from './day-book.ts';

export interface SpendingWorld {
  readonly memory: Memory;
  readonly clock: Clock;
  /** IANA name of the shop's zone. */
  readonly zone: string;
  readonly limits: SpendingLimits;
  readonly report: (fault: unknown, what: string) => void;
}

/**
 * Spending in memory: one document a day, so that a person's and the workspace's budget are looked at and taken from in one
 * conditional write. Two questions at once, in whatever processes, can't both take the last dollar.
 */
export function openSpending(world: SpendingWorld): Spending {
  const days = openDays(world);
  const earlierInMonth = openEarlier(world);
  return {
    async reserve(asked) {
      // A name of its own lets a write that landed and seemed lost be made again without counting twice.
      const claim = asked.id === '' ? { ...asked, id: randomUUID() } : asked;
      const day = days.today();
      const earlier = await earlierInMonth(day);
      const over = await days.change(day, (book) => {
        const end = overBudget(book, claim, world.limits, earlier);
        return end ? { end } : { book: withClaim(book, claim), end };
      });
      return over ?? reserved(day, claim, days, world);
    },
    async note(kind, real) {
      const write = days.change(days.today(), (book) => ({ book: withEntry(book, { who: '', kind }, real), end: undefined }));
      await write.catch((fault: unknown) => world.report(fault, 'spending'));
    },
    async report() {
      const day = days.today();
      const books = await world.memory.list<DayBook>(memoryKind, day.slice(0, 7));
      return {
        day,
        today: sumBooks(books.filter(({ id }) => id === day).map(({ value }) => value)),
        month: sumBooks(books.map(({ value }) => value)),
        limits: world.limits,
      };
    },
  };
}

const memoryKind = 'spending';
const keptMs = 400 * 86_400_000;
/** Dollars that rounding may add up to in a day of sums. */
const rounding = 1e-9;

/** Digests and corrections are the workspace's, whoever set them up: nobody's own budget may silence them. */
const personal: ReadonlySet<SpendingKind> = new Set(['question', 'sql', 'model']);

function overBudget(book: DayBook, claim: Claim, limits: SpendingLimits, earlier: number): OverBudget | undefined {
  const { who, kind } = claim;
  const sums = sumBooks([book]);
  const more = sumBooks([withClaim(book, claim)]).total.usd - sums.total.usd;
  const of = (whose: OverBudget['whose'], used: number, limit: number | undefined): OverBudget | undefined =>
    limit !== undefined && more > 0 && used + more > limit + rounding
      ? { kind: 'over_budget', whose, usedUsd: used, limitUsd: limit }
      : undefined;
  const own = personal.has(kind) && who !== '' ? limits.person : undefined;
  return (
    of('person', sums.byPerson[who]?.usd ?? 0, own) ??
    of('workspace', sums.total.usd, limits.workspace) ??
    of('month', earlier + sums.total.usd, limits.month)
  );
}

/** Dollars of the month's days before this one; they hardly change any more, so they are read now and then. */
function openEarlier({ memory, clock, limits }: SpendingWorld): (day: string) => Promise<number> {
  let known: { day: string; until: number; usd: number } | undefined;
  return async (day) => {
    const now = Date.parse(clock.now());
    if (limits.month === undefined) return 0;
    if (known?.day === day && known.until > now) return known.usd;
    const books = await memory.list<DayBook>(memoryKind, day.slice(0, 7));
    const { usd } = sumBooks(books.filter(({ id }) => id < day).map(({ value }) => value)).total;
    known = { day, until: now + earlierMs, usd };
    return usd;
  };
}

const earlierMs = 5 * 60_000;

/** Settled once; a fault while settling leaves the estimate counted and costs nobody the answer. */
function reserved(day: string, claim: Claim, days: Days, world: SpendingWorld): Reserved {
  let isSettled = false;
  return {
    kind: 'reserved',
    async settle(real: Spent) {
      if (isSettled) return;
      isSettled = true;
      await days
        .change(day, (book) => ({ book: withSettled(book, claim, real), end: undefined }))
        .catch((fault: unknown) => world.report(fault, 'spending'));
    },
  };
}

interface Days {
  today(): string;
  /** Changes the book of a day; `end` without a `book` leaves it as it is. */
  change<T>(day: string, how: (book: DayBook) => { readonly book?: DayBook; readonly end: T }): Promise<T>;
}

/** Writes of this process stand in a queue, so that only other processes are ever raced with. */
function openDays({ memory, clock, zone }: SpendingWorld): Days {
  let queue: Promise<unknown> = Promise.resolve();
  const attempt: Days['change'] = async (day, how) => {
    for (let tries = 0; tries < mostTries; tries++) {
      const found = await memory.get<DayBook>(memoryKind, day);
      const { book, end } = how(found?.value ?? emptyBook);
      if (!book) return end;
      const expiresAt = Date.parse(clock.now()) + keptMs;
      if (await memory.put(memoryKind, day, book, { if: found?.version ?? 'absent', expiresAt })) return end;
      await pause(Math.random() * Math.min(200, 10 * (tries + 1)));
    }
    throw new Error('The day’s spending could not be written: others wrote it each time.');
  };
  return {
    // en-CA writes yyyy-MM-dd.
    today: () => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(clock.now())),
    change(day, how) {
      const turn = queue.then(() => attempt(day, how));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

const mostTries = 60;
