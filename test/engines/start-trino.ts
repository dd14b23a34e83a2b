import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const VERSION = '476';
const PLUGINS = new Set(['hive', 'memory', 'geospatial', 'ml']);

export interface Trino {
  readonly url: string;
  /** Folder whose Parquet files tables may point at, as `local:///NAME`. */
  readonly data: string;
  stop(): Promise<void>;
}

/**
 * A single-node Trino on this machine, or a plain word why there is none: it needs a JDK from 24 on and the server's
 * archive, which Maven fetches once (0.8 GB) into its own repository. Unpacked once into a cache beside it. `rules` are
 * Trino's file-based access control: who may do what, by user.
 */
export async function startTrino({ rules }: { rules?: object } = {}): Promise<Trino | string> {
  const java = findJava();
  if (!java) return 'no JDK from 24 on (set JAVA_HOME)';
  const archive = findArchive(java);
  if (!archive) return 'the Trino archive is not there and Maven cannot fetch it';
  const home = unpack(archive);
  const work = mkdtempSync(join(tmpdir(), 'trino-'));
  const data = join(work, 'data');
  mkdirSync(data);
  const port = await freePort();
  configure(work, data, port);
  if (rules) forbid(work, rules);
  symlinkSync(join(home, 'plugin'), join(work, 'plugin'));
  const log = openSync(join(work, 'server.log'), 'w');
  const server = spawn(java, javaArguments(home, work), {
    cwd: work,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, HOME: work, LANG: 'C.UTF-8', TZ: 'UTC' },
  });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGKILL');
    await exited;
    rmSync(work, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (let left = 600; left > 0; left--) {
    if (await isReady(url)) return { url, data, stop };
    if (server.exitCode !== null) break;
    await wait(200);
  }
  const tail = readFileSync(join(work, 'server.log'), 'utf8').split('\n').slice(-3).join(' ');
  await stop();
  return `Trino did not start: ${tail}`;
}

function findJava(): string | undefined {
  const jvm = '/usr/lib/jvm';
  const homes = [
    process.env.TRINO_JAVA_HOME,
    process.env.JAVA_HOME,
    ...(existsSync(jvm) ? readdirSync(jvm).map((name) => join(jvm, name)) : []),
  ];
  return homes
    .filter((home): home is string => home !== undefined && existsSync(join(home, 'release')))
    .filter((home) => Number(/JAVA_VERSION="(\d+)/.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1] ?? 0) >= 24)
    .map((home) => join(home, 'bin/java'))
    .find(existsSync);
}

function findArchive(java: string): string | undefined {
  const path = join(homedir(), `.m2/repository/io/trino/trino-server/${VERSION}/trino-server-${VERSION}.tar.gz`);
  if (existsSync(path)) return path;
  const artifact = `-Dartifact=io.trino:trino-server:${VERSION}:tar.gz`;
  spawnSync('mvn', ['-q', '-B', 'dependency:get', artifact, '-Dtransitive=false'], {
    stdio: 'ignore',
    env: { ...process.env, JAVA_HOME: join(java, '../..') },
  });
  return existsSync(path) ? path : undefined;
}

/** The archive's jars are hard links into each other, so that it is unpacked whole and the plugins are dropped afterwards. */
function unpack(archive: string): string {
  const cache = join(homedir(), '.cache/askstream-trino');
  const home = join(cache, `trino-server-${VERSION}`);
  if (existsSync(join(home, '.ready'))) return home;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'unpack-'));
  spawnSync('tar', ['xzf', archive, '-C', fresh]);
  const folder = join(fresh, `trino-server-${VERSION}`);
  for (const plugin of readdirSync(join(folder, 'plugin')))
    if (!PLUGINS.has(plugin)) rmSync(join(folder, 'plugin', plugin), { recursive: true });
  writeFileSync(join(folder, '.ready'), '');
  rmSync(home, { recursive: true, force: true });
  renameSync(folder, home);
  rmSync(fresh, { recursive: true, force: true });
  return home;
}

function configure(work: string, data: string, port: number): void {
  mkdirSync(join(work, 'etc/catalog'), { recursive: true });
  mkdirSync(join(work, 'var'));
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(work, 'etc', name), `${lines.join('\n')}\n`);
  write('config.properties', [
    'coordinator=true',
    'node-scheduler.include-coordinator=true',
    `http-server.http.port=${port}`,
    `discovery.uri=http://127.0.0.1:${port}`,
    'web-ui.enabled=false',
    'catalog.management=static',
    'query.max-memory=600MB',
    'query.max-memory-per-node=600MB',
    'memory.heap-headroom-per-node=300MB',
    'task.concurrency=2',
  ]);
  write('log.properties', ['io.trino=WARN', 'io.airlift=WARN', 'org=WARN', 'Bootstrap=WARN']);
  write('catalog/awsdatacatalog.properties', [
    'connector.name=hive',
    'hive.metastore=file',
    'hive.metastore.catalog.dir=local:///.metastore',
    'fs.native-local.enabled=true',
    `local.location=${data}`,
    'hive.timestamp-precision=MILLISECONDS',
    'hive.metastore-cache-ttl=0s',
  ]);
}

function forbid(work: string, rules: object): void {
  const file = join(work, 'etc/rules.json');
  writeFileSync(file, JSON.stringify(rules));
  writeFileSync(join(work, 'etc/access-control.properties'), `access-control.name=file\nsecurity.config-file=${file}\n`);
}

function javaArguments(home: string, work: string): string[] {
  const node = {
    'node.environment': 'local',
    'node.id': 'local-1',
    'node.data-dir': join(work, 'var'),
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
    'node.external-address': '127.0.0.1',
  };
  return [
    ...[
      '-server',
      '-Xmx1500M',
      '-Xms256m',
      '-XX:+UseG1GC',
      '-XX:+ExitOnOutOfMemoryError',
      '-XX:ReservedCodeCacheSize=256M',
      '-XX:TieredStopAtLevel=1',
    ],
    ...[
      '-XX:+AutoCreateSharedArchive',
      `-XX:SharedArchiveFile=${join(home, '../trino.jsa')}`,
      '-Xlog:cds=off',
      '-Xlog:cds+dynamic=off',
      '-Xlog:aot=off',
    ],
    ...['-Djdk.attach.allowAttachSelf=true', '-Dfile.encoding=UTF-8', '-Duser.timezone=UTC', '-XX:+EnableDynamicAgentLoading'],
    ...['--enable-native-access=ALL-UNNAMED', '--add-modules=jdk.incubator.vector', '--sun-misc-unsafe-memory-access=allow'],
    ...Object.entries(node).map(([name, value]) => `-D${name}=${value}`),
    `-Dconfig=${join(work, 'etc/config.properties')}`,
    `-Dlog.levels-file=${join(work, 'etc/log.properties')}`,
    ...['-cp', join(home, 'lib/*'), 'io.trino.server.TrinoServer'],
  ];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function isReady(url: string): Promise<boolean> {
  try {
    const reply = await fetch(`${url}/v1/info`, { signal: AbortSignal.timeout(2000) });
    return reply.ok && ((await reply.json()) as { starting: boolean }).starting === false;
  } catch {
    return false;
  }
}
