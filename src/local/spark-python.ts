import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Python that can start Spark, or one sentence on what is missing for it. */
export type SparkPython =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'missing'; readonly why: string };

/** The Spark of Glue 5.1. */
export const SPARK_VERSION = '3.5.6';
const BESIDE = ['pyarrow>=15,<22', 'pandas>=2,<3', 'numpy<3'];
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));

/**
 * Finds the Python environment with PySpark in the house's `.cache`, or makes it there with pip (some 600 MB, a minute).
 * Needs Python 3.9 to 3.12 with venv, and Java 8 to 17; where they are missing, or pip has no way out, says so.
 */
export async function findSparkPython(version = SPARK_VERSION, onInstall: () => void = () => undefined): Promise<SparkPython> {
  const java = await says('java', ['-version']);
  if (java === undefined) return missing('Spark needs Java (8 to 17); there is no java on the PATH.');
  const folder = join(CACHE, `pyspark-${version}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'ready'))) return { kind: 'ready', python };
  const found = /Python 3[.](\d+)/.exec((await says('python3', ['--version'])) ?? '')?.[1];
  if (found === undefined || Number(found) < 9 || Number(found) > 12)
    return missing('Spark needs Python 3.9 to 3.12 as python3 on the PATH.');
  onInstall();
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(CACHE, { recursive: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pyspark==${version}`, ...BESIDE], {
      maxBuffer: 64 * 1024 * 1024,
    });
    await writeFile(join(folder, 'ready'), '');
    return { kind: 'ready', python };
  } catch {
    await rm(folder, { recursive: true, force: true });
    return missing(`PySpark ${version} could not be installed with pip; is there a way to a package index?`);
  }
}

function missing(why: string): SparkPython {
  return { kind: 'missing', why };
}

async function says(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(program, args);
    return stdout + stderr;
  } catch {
    return undefined;
  }
}
