import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../services/clock.ts';
import type { Memory, PutOptions } from '../services/memory.ts';

/**
 * Memory in one DynamoDB table with the keys `pk` (kind) and `sk` (id). Values are gzipped JSON; one over 300 KB is cut into
 * parts beside it, since DynamoDB takes 400 KB an item. Expired documents are invisible at once and deleted by DynamoDB's TTL
 * on `expires` (seconds) later. The SDK retries throttles itself.
 */
export function openDynamodbMemory({ client, table, clock }: { client: DynamoDBClient; table: string; clock: Clock }): Memory {
  const store = { client, table };
  const now = () => Math.floor(Date.parse(clock.now()) / 1000);
  return {
    async get<T>(kind: string, id: string) {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key(kind, id), ConsistentRead: true }));
      return Item && isAlive(Item, now())
        ? { value: await readValue<T>(store, kind, Item), version: Number(Item.v?.N) }
        : undefined;
    },
    async put<T>(kind: string, id: string, value: T, options: PutOptions = {}) {
      return putValue(store, kind, id, value, options, now());
    },
    async delete(kind, id) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: key(kind, id) }));
    },
    async list<T>(kind: string, prefix = '') {
      const items = await queryAll(store, kind, prefix);
      const alive = items.filter((item) => isAlive(item, now()));
      return Promise.all(
        alive.map(async (item) => ({
          id: item.sk!.S!,
          value: await readValue<T>(store, kind, item),
          version: Number(item.v?.N),
        })),
      );
    },
    async close() {
      client.destroy();
    },
  };
}

interface Store {
  readonly client: DynamoDBClient;
  readonly table: string;
}

type Item = Record<string, AttributeValue>;

const partBytes = 300_000;

/** Parts are written first and the head last, so a reader sees a whole value or the one before. */
async function putValue(
  store: Store,
  kind: string,
  id: string,
  value: unknown,
  { if: condition, expiresAt }: PutOptions,
  now: number,
): Promise<boolean> {
  const body = gzipSync(JSON.stringify(value));
  const parts = body.length > partBytes ? await putParts(store, kind, id, body, expiresAt) : undefined;
  const names: Record<string, string> = { '#b': 'body', '#p': 'parts', '#e': 'expires', '#v': 'v' };
  const values: Item = { ':one': { N: '1' } };
  const [set, remove]: [string[], string[]] = [[], []];
  if (parts) values[':p'] = { SS: parts };
  else values[':b'] = { B: body };
  (parts ? set : remove).push(parts ? '#p = :p' : '#p');
  (parts ? remove : set).push(parts ? '#b' : '#b = :b');
  if (expiresAt !== undefined) values[':e'] = { N: String(Math.floor(expiresAt / 1000)) };
  (expiresAt === undefined ? remove : set).push(expiresAt === undefined ? '#e' : '#e = :e');
  if (condition === 'absent') values[':now'] = { N: String(now) };
  if (typeof condition === 'number') values[':was'] = { N: String(condition) };
  try {
    await store.client.send(
      new UpdateItemCommand({
        TableName: store.table,
        Key: key(kind, id),
        UpdateExpression: `SET ${set.join(', ')} REMOVE ${remove.join(', ')} ADD #v :one`,
        ...(condition === undefined
          ? {}
          : { ConditionExpression: condition === 'absent' ? 'attribute_not_exists(pk) OR #e <= :now' : '#v = :was' }),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }),
    );
    return true;
  } catch (fault) {
    if (fault instanceof ConditionalCheckFailedException) return false;
    throw fault;
  }
}

async function putParts(
  { client, table }: Store,
  kind: string,
  id: string,
  body: Buffer,
  expiresAt: number | undefined,
): Promise<string[]> {
  const stamp = crypto.randomUUID();
  const ids = Array.from(
    { length: Math.ceil(body.length / partBytes) },
    (_, i) => `${id}#${stamp}#${String(i).padStart(4, '0')}`,
  );
  for (const [i, partId] of ids.entries()) {
    const B = body.subarray(i * partBytes, (i + 1) * partBytes);
    const expires: Item = expiresAt === undefined ? {} : { expires: { N: String(Math.floor(expiresAt / 1000)) } };
    await client.send(new PutItemCommand({ TableName: table, Item: { ...key(partsOf(kind), partId), body: { B }, ...expires } }));
  }
  return ids;
}

async function readValue<T>({ client, table }: Store, kind: string, item: Item): Promise<T> {
  if (item.body?.B) return JSON.parse(gunzipSync(item.body.B).toString()) as T;
  const parts: Uint8Array[] = [];
  for (const id of (item.parts?.SS ?? []).toSorted()) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key(partsOf(kind), id), ConsistentRead: true }),
    );
    if (!Item?.body?.B) throw new Error(`A part of a remembered ${kind} is missing.`);
    parts.push(Item.body.B);
  }
  return JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as T;
}

async function queryAll({ client, table }: Store, kind: string, prefix: string): Promise<Item[]> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: prefix ? 'pk = :kind AND begins_with(sk, :prefix)' : 'pk = :kind',
      ExpressionAttributeValues: { ':kind': { S: kind }, ...(prefix ? { ':prefix': { S: prefix } } : {}) },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
}

function isAlive(item: Item, now: number): boolean {
  return item.expires?.N === undefined || Number(item.expires.N) > now;
}

function key(kind: string, id: string): { pk: AttributeValue; sk: AttributeValue } {
  return { pk: { S: kind }, sk: { S: id } };
}

function partsOf(kind: string): string {
  return `${kind}#parts`;
}
