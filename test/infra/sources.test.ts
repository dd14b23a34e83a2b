import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from './synthesize.ts';

/** The form of the CDK app's own sources: what it may import, how long things may grow, and that everything is said. */
describe('the sources of infra', () => {
  const sources = globSync('infra/**/*.ts', { cwd: root }).map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8'),
  }));
  const mains = ['infra/main.ts', 'infra/bill/main.ts'];

  test('import CDK, the vocabulary of the house, and nothing else', () => {
    const packages = /^(node:|aws-cdk-lib($|\/)|constructs$|cdk-nag$)/;
    const faults = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bfrom '([^']+)'/g)]
        .map((m) => m[1]!)
        .filter((name) => {
          if (!name.startsWith('.')) return !packages.test(name);
          return !/^(infra\/|src\/glossary\/|package\.json$)/.test(relative(root, resolve(root, dirname(file), name)));
        })
        .map((name) => `${file} imports ${name}`),
    );
    expect(sources.length).toBeGreaterThan(30);
    expect(faults).toEqual([]);
  });

  test('read no environment, and step around no types', () => {
    expect(sources.filter(({ text }) => /process\.env|\bas any\b|: any\b|@ts-/.test(text)).map((s) => s.file)).toEqual([]);
  });

  test('hold one idea a file, and constructors of forty lines at most', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 200).map((s) => s.file)).toEqual([]);
    const long = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/^ {2}constructor\([\s\S]*?^ {2}\}$/gm)]
        .map((m) => [file, m[0].split('\n').length] as const)
        .filter(([, lines]) => lines > 40),
    );
    expect(long).toEqual([]);
  });

  test('say in a sentence what each export is', () => {
    const unsaid = sources
      .filter(({ file }) => !mains.includes(file))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/(\S.*)\n+(export (?:function|class|interface|const|type) \w+)/g)]
          .filter((m) => !/\*\/$/.test(m[1]!))
          .map((m) => `${file}: ${m[2]}`),
      );
    expect(unsaid).toEqual([]);
  });
});
