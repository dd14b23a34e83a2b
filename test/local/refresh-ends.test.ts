import { expect, test } from '@jest/globals';
import { faultEnd } from '../../src/local/refresh-ends.ts';

const run = { id: 'r', startedAt: '2026-05-20T12:00:00.000Z', trigger: 'cli' } as const;
const endOf = (error: unknown) => faultEnd(run, '2026-05-20T12:00:01.000Z', error);

test.each([
  ['Node', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
  ['a quota', Object.assign(new Error('EDQUOT: disk quota exceeded, open'), { code: 'EDQUOT' })],
  ['DuckDB', new Error('IO Error: Could not write file "a.parquet": No space left on device')],
  [
    "DuckDB's spill",
    new Error('Out of Memory Error: failed to offload data block … This limit was set by max_temp_directory_size'),
  ],
])('a full disk is told as such in the words of %s', (_, error) => {
  expect(endOf(error)).toMatchObject({ kind: 'failed', code: 'disk_full', run: { events: 0, partitions_written: [] } });
  expect(endOf(error).message).toMatch(/^The disk of the data folder is full\. Make room and run the refresh again\.$/);
});

test('another fault shows nothing of itself, and keeps its cause for the log', () => {
  const error = new Error('Binder Error: secret path /home/x');
  const end = endOf(error);
  expect(end).toMatchObject({ code: 'fault', cause: error });
  expect(JSON.stringify(end)).not.toContain('secret');
});
