import { type Pace, realPace } from '../../src/aws/pause.ts';

/** The world's own pace, quickened; while `jumps` is true pauses take no time and are counted. */
export interface JumpingPace extends Pace {
  jumps: boolean;
  /** Does something as soon as so much has gone by, and ends the jumping. */
  landAt(ms: number, act: () => void): void;
}

export function jumpingPace(): JumpingPace {
  let jumped = 0;
  let due: { ms: number; act: () => void } | undefined;
  const pace: JumpingPace = {
    jumps: false,
    now: () => realPace.now() + jumped,
    async pause(ms, signal) {
      if (!pace.jumps) return realPace.pause(Math.min(ms, 10), signal);
      jumped += ms;
      if (due && pace.now() >= due.ms) {
        due.act();
        due = undefined;
        pace.jumps = false;
      }
    },
    landAt(ms, act) {
      due = { ms, act };
      pace.jumps = true;
    },
  };
  return pace;
}
