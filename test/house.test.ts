import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { settings } from '../src/config.ts';

/**
 * The rules of the house as tests: who may import whom (ARCHITECTURE §3), how large a file may grow, where the guard's cast
 * stands, and that words and code agree.
 */
const root = resolve(import.meta.dirname, '..');

/** Room → rooms it may import, and packages from outside. `*` = everything. */
const table: Readonly<Record<string, { house: readonly string[]; outside: readonly string[] }>> = {
  config: { house: [], outside: ['zod'] },
  sql: { house: [], outside: ['antlr4ng', 'dt-sql-parser', 'node-sql-parser', 'sql-formatter', 'damerau-levenshtein'] },
  glossary: { house: [], outside: ['yaml', 'zod'] },
  reading: { house: ['glossary'], outside: ['temporal-polyfill', 'damerau-levenshtein', 'stemmer'] },
  metrics: { house: ['glossary', 'sql'], outside: ['temporal-polyfill'] },
  services: { house: ['sql', 'glossary'], outside: [] },
  chart: {
    house: ['services'],
    outside: [
      'vega',
      'vega-lite',
      '@napi-rs/canvas',
      'piscina',
      'world-atlas',
      'topojson-client',
      'i18n-iso-countries',
      'd3-geo',
    ],
  },
  refresh: { house: ['services'], outside: ['isbot'] },
  answer: {
    house: ['services', 'sql', 'glossary', 'reading', 'metrics', 'chart'],
    outside: ['csv-stringify'],
  },
  digest: { house: ['services', 'answer', 'glossary'], outside: ['croner', 'temporal-polyfill', 'ulid'] },
  aws: { house: ['services', 'sql', 'refresh'], outside: ['@aws-sdk/*'] },
  local: { house: ['services', 'sql', 'refresh', 'sample'], outside: ['@duckdb/*', 'dynalite', 'antlr4ng', 'dt-sql-parser'] },
  sample: { house: ['services'], outside: [] },
  slack: {
    house: ['services', 'answer', 'digest', 'refresh', 'glossary', 'chart', 'sql'],
    outside: ['@slack/*', 'ulid', 'undici'],
  },
  playground: { house: ['services'], outside: ['hono', '@hono/*', '@slack/types', 'esbuild', 'yaml', 'ws'] },
};

/** Files outside the rooms see every room: they only open and connect. */
const everything = /^src\/(main|cli|open-[a-z-]+|reference|hooks)\.ts$|^src\/cli\//;

const files = tracked().filter((f) => /^src\/.*\.ts$/.test(f));
const sources = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

describe('the house', () => {
  test('every room imports only what the table allows', () => {
    const faults = sources.flatMap(({ file, text }) =>
      importsOf(text).flatMap((name) => (isAllowed(file, name) ? [] : [`${file} imports ${name}`])),
    );
    expect(faults).toEqual([]);
  });

  test('every folder of src is a room of the table', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(
      (e) => e.isDirectory() && files.some((f) => f.startsWith(`src/${e.name}/`)),
    );
    expect(folders.map((e) => e.name).filter((name) => name !== 'cli' && !(name in table))).toEqual([]);
  });

  test('the two wings never name each other', () => {
    const faults = sources.filter(
      ({ file, text }) =>
        (file.startsWith('src/aws/') && text.includes('/local/')) || (file.startsWith('src/local/') && text.includes('/aws/')),
    );
    expect(faults.map((f) => f.file)).toEqual([]);
  });

  test('only the guard makes a SafeSql', () => {
    const casts = sources.filter(({ file, text }) => /as (unknown as )?SafeSql\b/.test(text) && file !== 'src/sql/guard.ts');
    expect(casts.map((f) => f.file)).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = sources.filter(({ file, text }) => /process\.env\b/.test(text) && file !== 'src/config.ts');
    expect(readers.map((f) => f.file)).toEqual([]);
  });

  test('no file holds two ideas: at most about 200 lines, tables of data excepted', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 260 && !text.startsWith('// A table of data'));
    expect(long.map((f) => `${f.file}: ${f.text.split('\n').length} lines`)).toEqual([]);
  });

  test('nothing steps around the types', () => {
    const faults = sources.filter(({ text }) => /\bas any\b|: any\b|@ts-ignore|@ts-expect-error|@ts-nocheck/.test(text));
    expect(faults.map((f) => f.file)).toEqual([]);
  });

  test('files and folders are named in kebab-case, without manager, helper, util or service', () => {
    const faults = files.filter(
      (f) => !/^src(\/[a-z0-9-]+)+(\.d)?\.ts$/.test(f) || /\b(manager|helper|helpers|util|utils)\b/.test(f),
    );
    expect(faults).toEqual([]);
  });

  test('no machine path, registry host or secret is committed', () => {
    const faults = tracked()
      .filter(
        (f) => /\.(ts|js|mjs|json|yml|yaml|md|py|sql|css|html)$|^\.npmrc$|^\.ci\/run$/.test(f) && f !== 'test/house.test.ts',
      )
      .filter((f) =>
        /\/work\/|\/home\/[a-z]+\/|\/root\/|registry\.npmjs|AKIA[0-9A-Z]{16}|xoxb-\d{6,}/.test(
          readFileSync(join(root, f), 'utf8'),
        ),
      );
    expect(faults).toEqual([]);
  });

  test('README lists every setting and no other', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const listed = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map((m) => m[1]);
    expect(listed.toSorted()).toEqual(Object.keys(settings).toSorted());
  });

  test('every package has a line in DECISIONS', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const decisions = readFileSync(join(root, 'DECISIONS.md'), 'utf8');
    const missing = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) => !decisions.includes(`\`${name}\``) && !decisions.includes(`\`${name.split('/')[0]}/*\``),
    );
    expect(missing).toEqual([]);
  });

  test('packages are pinned exactly', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(([, v]) =>
      /[\^~*x]|latest/.test(v.replace(/^npm:@?[^@]+@/, '')),
    );
    expect(loose).toEqual([]);
  });

  test('ARCHITECTURE names every room', () => {
    const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    expect(Object.keys(table).filter((room) => !page.includes(`| ${room} |`) && !page.includes(`${room}/`))).toEqual([]);
  });
});

/** Files that git knows, or would (a fresh clone has exactly these). */
function tracked(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((f) => f && existsSync(join(root, f)));
}

function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)['"]([^'"]+)['"]/gm)].map((m) => m[1]!);
}

function isAllowed(file: string, name: string): boolean {
  if (everything.test(file) || name.startsWith('node:')) return true;
  const room = roomOf(file);
  const rules = table[room];
  if (!rules) return false;
  if (!name.startsWith('.'))
    return rules.outside.some((o) =>
      o.endsWith('/*') ? name.startsWith(o.slice(0, -1)) : name === o || name.startsWith(`${o}/`),
    );
  const target = roomOf(relative(root, resolve(join(root, dirname(file)), name)));
  return target === room || rules.house.includes(target);
}

function roomOf(file: string): string {
  return file.split('/')[1]!.replace(/\.ts$/, '');
}
