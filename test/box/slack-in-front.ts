import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** `https://slack.com` of one process: a proxy that leads there and nowhere else, with a certificate of its own. */
export interface SlackInFront {
  /** What a process must have in its environment to find it; loopback is left alone. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hosts that were asked for. */
  readonly asked: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Leads `slack.com` to a server on loopback, named when it is asked for; needs openssl for the certificate, and says so where there is none. */
export async function openSlackInFront(behind: () => string): Promise<SlackInFront | string> {
  const folder = mkdtempSync(join(tmpdir(), 'slack-'));
  // Another user's process reads the certificate.
  chmodSync(folder, 0o755);
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=slack.com', '-addext', 'subjectAltName=DNS:slack.com,DNS:*.slack.com'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return 'there is no openssl to make a certificate with';
  }
  const open = new Set<Socket>();
  const track = (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy());
  };
  const pipe = (one: Socket, to: number) => {
    const other = connect(to, '127.0.0.1');
    for (const socket of [one, other]) track(socket);
    one.pipe(other).pipe(one);
  };
  const secure = { key: readFileSync(key), cert: readFileSync(cert) };
  const front = createTlsServer(secure, (socket) => pipe(socket, Number(new URL(behind()).port)));
  const frontPort = await listening(front);
  const asked = new Set<string>();
  const proxy = createServer().on('connect', ({ url = '' }, socket: Socket) => {
    asked.add(url);
    if (!/^([a-z-]+\.)?slack\.com:443$/.test(url)) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    pipe(socket, frontPort);
  });
  const proxyPort = await listening(proxy);
  return {
    environment: {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: cert,
    },
    asked,
    async close() {
      for (const socket of open) socket.destroy();
      await Promise.all([front, proxy].map((server) => new Promise((resolve) => server.close(resolve))));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
