import type { OverBudget } from '../../services/spending.ts';
import type { NotFetched } from '../fetch.ts';
import { capital, joined } from './join-words.ts';
import { sayZone } from './say-footer.ts';
import { sayLimit } from './say-spending.ts';
import { sayBytes, sayUsd } from './say-value.ts';

/** What a refusal before the engine cost. */
export const nothingRan = 'Nothing ran and nothing was billed.';
/** The same of what an engine may have begun. */
export const nothingRead = 'Nothing was read and nothing was billed.';

/** One sentence of what was wrong and one of what it cost: always nothing, unless the engine had begun. */
export function refusalSentence(not: NotFetched, zone: string): string {
  switch (not.kind) {
    case 'guard':
      return ended(not.refusal.message);
    case 'too_large':
      return `This would read ${sayBytes(not.bytes)}, more than one query may. Bound dt to fewer days. ${nothingRan}`;
    case 'needs_approval':
      return not.unknown
        ? `${sizeUnknown(not.unknown)} It costs ${sayUsd(not.usd)} at most and waits for an approval. ${nothingRan}`
        : `This would read ${sayBytes(not.bytes)} and cost ${sayAbout(not.usd)}; it waits for an approval. ${nothingRan}`;
    case 'no_bound':
      return `Nothing in it bounds ${not.partition}, so this would read all days: ${sayBytes(not.bytes)}, ${sayAbout(not.usd)}. ${nothingRan}`;
    case 'over_budget':
      return `${budgetSentence(not.over, not.usd, zone)} ${nothingRan}`;
    case 'engine':
      return not.refusal.scannedBytes > 0
        ? `${capital(not.refusal.message)} ${sayBytes(not.refusal.scannedBytes)} had been read by then.`
        : not.refusal.code === 'unsupported_locally'
          ? ended(not.refusal.message)
          : `${capital(not.refusal.message)} ${nothingRead}`;
  }
}

/** «about $0.93», «under $0.01». */
export function sayAbout(usd: number): string {
  return usd < 0.01 ? sayUsd(usd) : `about ${sayUsd(usd)}`;
}

/** Why there is no price: nobody knows how large a table is. */
export function sizeUnknown(tables: readonly string[]): string {
  const names = joined(tables.map((table) => table.split('.').at(-1)!));
  return `I can't tell how much this reads: the size of ${names} isn't known.`;
}

/** What is used, when it starts anew, and who can raise it. */
function budgetSentence({ whose, usedUsd, limitUsd }: OverBudget, usd: number, zone: string): string {
  const [budget, setting] = whose === 'person' ? ['your', 'DAILY_USD_PERSON'] : ['the workspace’s', 'DAILY_USD_WORKSPACE'];
  const used = `${usedUsd < 0.01 ? 'Nearly nothing' : `$${usedUsd.toFixed(2)}`} of ${budget} ${sayLimit(limitUsd)} for today is used`;
  const next = `The budget starts anew at midnight, ${sayZone(zone)}; the one who runs Askstream can raise it (${setting}).`;
  return `${used}, and this would cost ${sayAbout(usd)} more. ${next}`;
}

function ended(message: string): string {
  return message.includes(nothingRan) ? capital(message) : `${capital(message)} ${nothingRan}`;
}
