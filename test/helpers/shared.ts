import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

/** Where the studies lie beside a checkout that has them. */
const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** A path in the studies' folder, or undefined where it is absent. */
export function sharedPath(...parts: string[]): string | undefined {
  const path = SHARED + parts.join('/');
  return existsSync(path) ? path : undefined;
}

/** `test` where the studies are there; elsewhere a test that is shown as skipped. */
export const whenShared = existsSync(SHARED) ? test : test.skip;
