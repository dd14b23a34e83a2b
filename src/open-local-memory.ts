import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createMemoryTable } from './aws/create-memory-table.ts';
import { openDynamodbMemory } from './aws/dynamodb-memory.ts';
import { openDynalite } from './local/dynalite-memory.ts';
import type { Clock } from './services/clock.ts';
import type { Memory } from './services/memory.ts';

/** The memory's folder can't be opened; its message says what to do. */
export class MemoryFault extends Error {}

/** Memory in this process, kept in `DATA_DIR/memory`: one process at a time may hold it. */
export async function openLocalMemory(dataDir: string, clock: Clock): Promise<Memory> {
  const path = join(dataDir, 'memory');
  const server = await openDynalite({ path }).catch((cause: unknown) => {
    const told = `The folder ${path} can't be opened. Another Askstream may be running with the same DATA_DIR: stop it, or set another one.`;
    throw new MemoryFault(told, { cause });
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'local', credentials });
  await createMemoryTable(client, 'askstream');
  const memory = openDynamodbMemory({ client, table: 'askstream', clock });
  const close = async () => {
    await memory.close();
    await server.close();
  };
  return { ...memory, close };
}
