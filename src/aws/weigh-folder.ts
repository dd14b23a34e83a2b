import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../services/clock.ts';
import type { WeighedFile, WeighedTable } from '../sql/scan-price.ts';

/** The files of an owner's table, each with all of its bytes; undefined where they can't be listed. */
export type WeighFolder = (location: string) => Promise<WeighedTable | undefined>;

const believedMs = 600_000;
/** A thousand files each: over so many nobody wants to wait for a price. */
const mostPages = 100;

/**
 * Weighs folders in S3 by listing them, believed for ten minutes. Columns aren't looked into, so a file counts whole: never too
 * little. What the role may not list, or holds more than 100,000 files, has no known size; the fault is reported.
 */
export function openWeighFolder(world: {
  client: S3Client;
  clock: Clock;
  report: (fault: unknown, what: string) => void;
}): WeighFolder {
  const known = new Map<string, { at: number; files: Promise<WeighedTable | undefined> }>();
  return (location) => {
    const now = Date.parse(world.clock.now());
    const before = known.get(location);
    if (before && now - before.at < believedMs) return before.files;
    const files = listFolder(world.client, location).catch((fault: unknown) => {
      world.report(fault, 'size of a table');
      return undefined;
    });
    known.set(location, { at: now, files });
    return files;
  };
}

async function listFolder(client: S3Client, location: string): Promise<WeighedTable | undefined> {
  const place = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(location);
  if (!place) return undefined;
  const prefix = place[2] ? `${place[2]}/` : '';
  const files: WeighedFile[] = [];
  let pages = 0;
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: place[1]!, Prefix: prefix })) {
    if (++pages > mostPages) return undefined;
    for (const { Key = '', Size = 0 } of Contents) {
      const path = Key.slice(prefix.length).split('/');
      // Athena leaves out what begins with a dot or an underscore.
      if (!path.some((part) => /^[._]/.test(part))) files.push({ partition: partitionOf(path), bytes: Size });
    }
  }
  return files;
}

function partitionOf(path: readonly string[]): Record<string, string> {
  const pairs = path.slice(0, -1).flatMap((part) => {
    const pair = /^([^=]+)=(.*)$/.exec(part);
    return pair ? [[pair[1]!.toLowerCase(), decoded(pair[2]!)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
