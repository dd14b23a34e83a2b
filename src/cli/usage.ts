import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Wrong usage: exit code 2 and one sentence. */
export class UsageFault extends Error {}

/** Options and words of a verb; an unknown option or a missing value is wrong usage. */
export function readArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]!.replace(/\. To specify.*$/, '') : 'Unknown option';
    throw new UsageFault(`${reason}. Usage: ${usage}`, { cause });
  }
}

/** The instant of `--now` as ISO 8601 UTC. */
export function readNow(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UsageFault(`--now takes an ISO time such as 2026-11-24T09:30:00Z, not “${text}”.`);
  return new Date(time).toISOString();
}

/** Dollars of `--approve`, or nothing; a UsageFault says what it takes. */
export function readApproval(text: string | undefined): { readonly approvedUsd?: number } {
  if (text === undefined) return {};
  const usd = Number(text);
  if (text.trim() === '' || !Number.isFinite(usd) || usd < 0)
    throw new UsageFault(`--approve takes dollars such as 0.50, not “${text}”.`);
  return { approvedUsd: usd };
}
