import type { Snapshot } from '../refresh/snapshot.ts';
import type { Clock } from '../services/clock.ts';
import type { S3Files } from './s3-files.ts';

/** The snapshot that the refresh leaves beside its tables: `snapshot.json` below the results. */
export interface SnapshotReader {
  /** The one that counts now; undefined before the first refresh. */
  read(): Promise<Snapshot | undefined>;
  /** The next read looks again. */
  forget(): void;
}

const BELIEVED_MS = 10_000;

/** Looks at most every ten seconds, and takes the file only where it has changed. */
export function openSnapshotReader(results: S3Files, clock: Clock): SnapshotReader {
  let known: { mark: string; snapshot: Snapshot } | undefined;
  let looking: { at: number; answer: Promise<Snapshot | undefined> } | undefined;
  const look = async (): Promise<Snapshot | undefined> => {
    const found = await results.textUnless(known?.mark, 'snapshot.json');
    if (found === undefined) known = undefined;
    else if (found !== 'unchanged') known = { mark: found.mark, snapshot: JSON.parse(found.text) as Snapshot };
    return known?.snapshot;
  };
  return {
    async read() {
      const now = Date.parse(clock.now());
      if (looking && now - looking.at < BELIEVED_MS) return looking.answer;
      const mine = { at: now, answer: look() };
      looking = mine;
      mine.answer.catch(() => {
        if (looking === mine) looking = undefined;
      });
      return mine.answer;
    },
    forget() {
      looking = undefined;
    },
  };
}
