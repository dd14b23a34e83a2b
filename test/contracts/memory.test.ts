import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryTable } from '../../src/aws/create-memory-table.ts';
import { openDynamodbMemory } from '../../src/aws/dynamodb-memory.ts';
import { type Dynalite, openDynalite } from '../../src/local/dynalite-memory.ts';
import type { Memory } from '../../src/services/memory.ts';

let time = Date.parse('2026-11-24T10:00:00Z');
const clock = { now: () => new Date(time).toISOString() };
const path = mkdtempSync(join(tmpdir(), 'memory-'));
let server: Dynalite;
let memory: Memory;

async function open() {
  server = await openDynalite({ path });
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  await createMemoryTable(client, 'askstream');
  memory = openDynamodbMemory({ client, table: 'askstream', clock });
}

async function close() {
  await memory.close();
  await server.close();
}

beforeAll(open);
afterAll(async () => {
  await close();
  rmSync(path, { recursive: true });
});

describe('a memory on the DynamoDB wire', () => {
  test('gives back what was put, with a version that grows', async () => {
    expect(await memory.put('thread', 'a', { n: 1, text: 'größer' })).toBe(true);
    expect(await memory.get('thread', 'a')).toEqual({ value: { n: 1, text: 'größer' }, version: 1 });
    await memory.put('thread', 'a', { n: 2 });
    expect(await memory.get('thread', 'a')).toEqual({ value: { n: 2 }, version: 2 });
    expect(await memory.get('thread', 'b')).toBeUndefined();
  });

  test('lets only one of many claim the same id', async () => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, i) => memory.put('claim', 'T1:C1:1.2', { by: i }, { if: 'absent' })),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('refuses a write over a version that has moved on, and changes nothing', async () => {
    await memory.put('lease', 'x', { holder: 'a' });
    expect(await memory.put('lease', 'x', { holder: 'b' }, { if: 1 })).toBe(true);
    expect(await memory.put('lease', 'x', { holder: 'c' }, { if: 1 })).toBe(false);
    expect((await memory.get<{ holder: string }>('lease', 'x'))?.value.holder).toBe('b');
  });

  test('forgets at the given time, and the id may be claimed again', async () => {
    await memory.put('lease', 'soon', { holder: 'a' }, { expiresAt: time + 60_000 });
    expect(await memory.put('lease', 'soon', { holder: 'b' }, { if: 'absent' })).toBe(false);
    time += 61_000;
    expect(await memory.get('lease', 'soon')).toBeUndefined();
    expect(await memory.list('lease', 'soon')).toEqual([]);
    expect(await memory.put('lease', 'soon', { holder: 'b' }, { if: 'absent' })).toBe(true);
    expect((await memory.get<{ holder: string }>('lease', 'soon'))?.value.holder).toBe('b');
  });

  test('lists a kind by prefix, in order of id, over more than one page', async () => {
    const big = 'x'.repeat(1000);
    await Promise.all(Array.from({ length: 40 }, (_, i) => memory.put('answer', `C1:${String(i).padStart(3, '0')}`, { i, big })));
    await memory.put('answer', 'C2:000', { i: 99 });
    const found = await memory.list<{ i: number }>('answer', 'C1:');
    expect(found.map((f) => f.value.i)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(await memory.list('answer')).toHaveLength(41);
  });

  test('keeps a value larger than DynamoDB takes in one item', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => [i, Math.sin(i), `row ${Math.sin(i * 7)}`]);
    await memory.put('answer', 'large', { rows });
    expect((await memory.get<{ rows: unknown[] }>('answer', 'large'))?.value.rows).toEqual(rows);
    await memory.put('answer', 'large', { rows: [] });
    expect((await memory.get<{ rows: unknown[] }>('answer', 'large'))?.value.rows).toEqual([]);
  });

  test('deletes, and deleting again is no fault', async () => {
    await memory.put('thread', 'gone', {});
    await memory.delete('thread', 'gone');
    await memory.delete('thread', 'gone');
    expect(await memory.get('thread', 'gone')).toBeUndefined();
  });

  test('still knows everything after a restart', async () => {
    await memory.put('thread', 'kept', { answer: 42 });
    await close();
    await open();
    expect((await memory.get<{ answer: number }>('thread', 'kept'))?.value.answer).toBe(42);
  });
});
