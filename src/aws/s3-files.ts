import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** Files below one `s3://bucket/prefix`, only read. Keys are relative to it. */
export interface S3Files {
  /** The text of a file; undefined where there is none. */
  text(key: string): Promise<string | undefined>;
  /** The text and its mark; `unchanged` where it still has the mark `known`, undefined where there is no file. */
  textUnless(known: string | undefined, key: string): Promise<{ text: string; mark: string } | 'unchanged' | undefined>;
  /** Every file whose key begins with `prefix`, in order of keys. Sizes in bytes, times in milliseconds since 1970. */
  list(prefix: string): Promise<readonly S3File[]>;
}

export interface S3File {
  readonly key: string;
  readonly size: number;
  readonly modified: number;
}

/** Reads S3 below `location`. Faults other than a missing file are thrown as the SDK gives them. */
export function openS3Files({ client, location }: { client: S3Client; location: string }): S3Files {
  const { bucket, prefix } = placeOf(location);
  const get = async (key: string, known?: string) =>
    client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key, ...(known ? { IfNoneMatch: known } : {}) }));
  return {
    async text(key) {
      try {
        return await (await get(key)).Body?.transformToString();
      } catch (fault) {
        if (fault instanceof NoSuchKey) return undefined;
        throw fault;
      }
    },
    async textUnless(known, key) {
      try {
        const { Body, ETag } = await get(key, known);
        return { text: (await Body?.transformToString()) ?? '', mark: ETag ?? '' };
      } catch (fault) {
        if (fault instanceof NoSuchKey) return undefined;
        if (fault instanceof S3ServiceException && fault.$metadata.httpStatusCode === 304) return 'unchanged';
        throw fault;
      }
    },
    list: (below) => list(client, bucket, prefix, below),
  };
}

async function list(client: S3Client, bucket: string, prefix: string, below: string): Promise<readonly S3File[]> {
  const files: S3File[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + below, ...(next ? { ContinuationToken: next } : {}) }),
    );
    for (const { Key, Size, LastModified } of page.Contents ?? [])
      if (Key) files.push({ key: Key.slice(prefix.length), size: Size ?? 0, modified: LastModified?.getTime() ?? 0 });
    next = page.NextContinuationToken;
  } while (next);
  return files;
}

/** `s3://bucket/some/prefix` in its parts; the prefix ends with a slash or is empty. */
function placeOf(location: string): { bucket: string; prefix: string } {
  const match = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(location);
  if (!match) throw new Error(`${location} is not a place in S3 such as s3://bucket/prefix`);
  return { bucket: match[1]!, prefix: match[2] ? `${match[2]}/` : '' };
}
