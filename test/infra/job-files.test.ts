import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stageBundle } from '../../infra/job-files.ts';
import { root } from './synthesize.ts';

describe('what goes with the refresh’s script', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'askstream-bundle-'));
    stageBundle(root, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const inBundle = () => globSync('**/*.*', { cwd: folder }).toSorted();

  test('holds every transform, table of rules and list of columns, where the house has them', () => {
    const wanted = ['src/refresh/transforms/*.sql', 'src/refresh/reference/*.json', 'src/refresh/reader/*.json'].flatMap((p) =>
      globSync(p, { cwd: root }),
    );
    expect(wanted.length).toBeGreaterThan(20);
    expect(inBundle()).toEqual(expect.arrayContaining(wanted));
    for (const file of wanted) expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'));
  });

  test('holds the script’s own modules at its top, so that they can be imported', () => {
    const modules = globSync('*/**/*.py', { cwd: join(root, 'infra/glue') });
    expect(inBundle().filter((f) => f.endsWith('.py'))).toEqual(modules.toSorted());
  });

  test('holds nothing else', () => {
    expect(inBundle().filter((f) => !/\.(sql|json|py|yml)$/.test(f) || /test|node_modules|\.env/.test(f))).toEqual([]);
  });
});
