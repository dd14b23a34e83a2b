import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder with what the image holds, and how the image is started. */
export interface ImageFolder {
  readonly app: string;
  /** `CMD` of the Dockerfile: program and arguments. */
  readonly command: readonly [string, ...string[]];
  /** `HEALTHCHECK` of the Dockerfile, over this folder. */
  readonly health: string;
  /** `ENV` of the Dockerfile, the places of the image turned into those of this folder. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names and sizes of everything but the folder that may be written. */
  holds(): readonly string[];
  remove(): void;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Lays out what the Dockerfile copies, without Docker: the files of its second part, and the packages of the lock file without
 * those of development, as `npm ci --omit=dev` leaves them. `writable` belongs to `uid`, all else to whoever runs this.
 */
export function layImageFolder(own: (folder: string) => void): ImageFolder {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8').replace(/\\\n/g, ' ');
  const second = text.slice(text.lastIndexOf('\nFROM '));
  const app = join(mkdtempSync(join(tmpdir(), 'image-')), 'app');
  mkdirSync(app, { recursive: true });
  chmodSync(dirname(app), 0o755);
  for (const [, rest = ''] of second.matchAll(/^COPY (?!--from)(.*)$/gm)) {
    const [target = '', ...sources] = rest.trim().split(/\s+/).toReversed();
    for (const source of sources)
      cpSync(join(root, source), sources.length > 1 || target === './' ? join(app, source) : join(app, target), {
        recursive: true,
      });
  }
  rmSync(join(app, 'prompts/evals'), { recursive: true, force: true });
  linkPackages(app);
  const data = join(app, '.data');
  mkdirSync(data);
  own(data);
  const environment = Object.fromEntries(
    [...second.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = '']) =>
      pairs
        .trim()
        .split(/\s+/)
        .map((pair) => {
          const [name = '', value = ''] = pair.split('=');
          return [name, value.replace(/^\/app/, app)] as const;
        }),
    ),
  );
  const command = JSON.parse(/^CMD (\[.*\])$/m.exec(second)![1]!) as [string, ...string[]];
  const holds = () =>
    (readdirSync(app, { recursive: true }) as string[])
      .filter((name) => !name.startsWith('.data'))
      .map((name) => `${name} ${statSync(join(app, name)).size}`)
      .toSorted();
  const health = /^HEALTHCHECK .* CMD (.*)$/m.exec(second)![1]!.replaceAll('/app/', `${app}/`);
  return { app, command, health, environment, holds, remove: () => rmSync(dirname(app), { recursive: true, force: true }) };
}

/** Links in place of copies; the process must not follow them, or it would find the packages of development beside them. */
function linkPackages(app: string): void {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const top = Object.entries(packages).filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev);
  for (const [path] of top) {
    if (path.includes('/node-linux-')) continue;
    mkdirSync(dirname(join(app, path)), { recursive: true });
    if (exists(join(root, path))) symlinkSync(join(root, path), join(app, path));
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
