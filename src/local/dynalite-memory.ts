import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { holdFolder } from './hold-folder.ts';

/** Where the embedded DynamoDB listens; `close` lets go of its files. */
export interface Dynalite {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * DynamoDB's wire in this process, on a free loopback port: local mode remembers through the same adapter as AWS does. With a
 * `path` it outlives the process; one process at a time may hold a path.
 */
export async function openDynalite({ path }: { path?: string }): Promise<Dynalite> {
  // Dynalite notices a folder that another process holds only at the first request, and then ends this process.
  const letGo = path ? holdFolder(path) : () => {};
  const server = dynalite({ createTableMs: 0, ...(path ? { path } : {}) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  // A request whose connection is cut goes on inside, and then asks a closed database: an exception nobody catches.
  let working = 0;
  let atRest = () => {};
  server.prependListener('request', (_request, response) => {
    working += 1;
    response.once('close', () => {
      working -= 1;
      if (working === 0) atRest();
    });
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      if (working > 0) await new Promise<void>((resolve) => (atRest = resolve));
      return new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          letGo();
          resolve();
        });
      });
    },
  };
}
