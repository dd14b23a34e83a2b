import { createInterface } from 'node:readline';

/** Objects of standard input, one a line, in order. A line that is no JSON object comes as a fault with its number. */
export async function* jsonLines(
  input: NodeJS.ReadableStream,
): AsyncGenerator<{ line: number; value?: Record<string, unknown>; fault?: string }> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() !== '') yield { line, ...readObject(text, line) };
  }
}

/** One object, one line, to standard output. */
export function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function readObject(text: string, line: number): { value: Record<string, unknown> } | { fault: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { value: value as Record<string, unknown> };
  } catch {}
  return { fault: `Line ${line} is not a JSON object.` };
}
