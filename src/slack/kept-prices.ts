import type { Clock } from '../services/clock.ts';
import type { Memory } from '../services/memory.ts';

/** What became of a price: by whom, with an empty name where its time ran out. */
export interface Decision {
  readonly what: 'approve' | 'smaller' | 'cancel' | 'expired';
  readonly by: string;
}

/** Prices that wait for a click, and what was decided. */
export interface KeptPrices {
  /** True for the first decision over a price, and for the same one again, so that a crash between it and its effect is made good. */
  decide(id: string, decision: Decision): Promise<boolean>;
  /** Answers whose price stands to be decided, with the time until when. */
  undecided(): Promise<readonly { readonly id: string; readonly until: string }[]>;
  /** A decision has had its effect. */
  decided(id: string): Promise<void>;
}

const day = 86_400_000;

export function openKeptPrices({ memory, clock }: { memory: Memory; clock: Clock }): KeptPrices {
  const now = () => Date.parse(clock.now());
  return {
    async decide(id, decision) {
      if (await memory.put('decision', id, decision, { if: 'absent', expiresAt: now() + 90 * day })) return true;
      const made = (await memory.get<Decision>('decision', id))?.value;
      return made?.what === decision.what && made.by === decision.by;
    },
    async undecided() {
      return (await memory.list<{ until: string }>('undecided')).map(({ id, value }) => ({ id, until: value.until }));
    },
    decided: (id) => memory.delete('undecided', id),
  };
}
