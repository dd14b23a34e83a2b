// Runs before `npm start` and `npm test` on whatever Node the machine has: installs what the lockfile says when
// node_modules differs from it, and checks the Node that the next script gets. No dependencies, no TypeScript.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const shell = process.platform === 'win32';

if (!installed()) {
  console.log('Installing packages (a minute or two, once) …');
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}

// npm looks a script's commands up in node_modules/.bin first, each time anew: the script that follows gets this Node.
const PATH = resolve('node_modules/.bin') + delimiter + process.env.PATH;
const version = execFileSync('node', ['-p', 'process.versions.node'], {
  encoding: 'utf8',
  shell,
  env: { ...process.env, PATH },
}).trim();
if (Number.parseInt(version, 10) < 24) {
  console.error(
    `Askstream needs Node 24 or newer. Found ${version}, and npm has no Node 24 for ${process.platform} ${process.arch}: install one.`,
  );
  process.exit(1);
}

function installed() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const want = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const have = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
  const agrees = ([path, { version, optional, devOptional }]) =>
    path === '' || (have[path] ? have[path].version === version : optional || devOptional);
  return Object.entries(want).every(agrees) && Object.keys(have).every((path) => path in want);
}
