import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openAliveFile } from '../../src/open-alive-file.ts';
import { handClock } from '../doors/open-doors.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'alive-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('is touched while Slack can reach the process, and no more once it has been away for five minutes', () => {
  const clock = handClock();
  const said: unknown[] = [];
  let downSince: string | undefined;
  const log = { error: (facts: object, what: string) => said.push([what, facts]) };
  const alive = openAliveFile({ dataDir, clock, downSince: () => downSince, log });
  const age = () => Date.parse(clock.now()) - statSync(join(dataDir, 'alive')).mtimeMs;
  const beats = (n: number) => {
    for (let i = 0; i < n; i++) {
      clock.forward(30_000);
      alive.beat();
    }
  };
  beats(20);
  expect([age(), said.length]).toEqual([0, 0]);
  downSince = clock.now();
  beats(9);
  expect(age()).toBe(0);
  beats(7);
  expect(age()).toBe(7 * 30_000);
  expect(said).toHaveLength(8);
  expect(said[0]).toEqual(['Slack is not connected', { downSince }]);
  downSince = undefined;
  beats(1);
  expect([age(), said.length]).toEqual([0, 8]);
  alive.close();
});

test('makes its folder, and a place that takes no file ends no process', () => {
  const said: string[] = [];
  const log = { error: (_: object, what: string) => said.push(what) };
  const world = { clock: handClock(), downSince: () => undefined, log };
  openAliveFile({ ...world, dataDir: join(dataDir, 'new', 'folder') }).close();
  expect(statSync(join(dataDir, 'new', 'folder', 'alive')).size).toBe(0);
  openAliveFile({ ...world, dataDir: join(dataDir, 'new', 'folder', 'alive') }).close();
  expect(said).toEqual(['the file that says that the process is alive could not be written']);
});

test('is what the health check of the image looks at', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const check = /^HEALTHCHECK .*\bCMD (.+)$/m.exec(dockerfile)![1]!.replaceAll('/app/.data', dataDir);
  const isWell = () => {
    try {
      execFileSync('/bin/sh', ['-c', check], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  expect(isWell()).toBe(false);
  const clock = { now: () => new Date().toISOString() };
  openAliveFile({ dataDir, clock, downSince: () => undefined, log: { error: () => {} } }).close();
  expect(isWell()).toBe(true);
  const long = Date.now() / 1000 - 300;
  utimesSync(join(dataDir, 'alive'), long, long);
  expect(isWell()).toBe(false);
});
