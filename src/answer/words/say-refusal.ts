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
    case 'no_data':
      return `There are no data yet: no refresh has filled ${tableNames(not.tables)}. Run /refresh, then run this again. ${nothingRan}`;
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
  return `I can't tell how much this reads: the size of ${tableNames(tables)} isn't known.`;
}

function tableNames(tables: readonly string[]): string {
  return joined(tables.map((table) => table.split('.').at(-1)!));
}

/** A model was not asked, for its price. */
export function unpaidModel(over: OverBudget, zone: string): string {
  return `A model that might have understood this wasn't asked: ${usedOf(over)}, too little is left for it. ${anew(over, zone)}`;
}

/** What is used, when it starts anew, and who can raise it. */
function budgetSentence(over: OverBudget, usd: number, zone: string): string {
  return `${capital(usedOf(over))}, and this would cost ${sayAbout(usd)} more. ${anew(over, zone)}`;
}

function usedOf({ whose, usedUsd, limitUsd }: OverBudget): string {
  const budget = whose === 'person' ? 'your' : 'the workspace’s';
  const time = whose === 'month' ? 'this month' : 'today';
  return `${usedUsd < 0.01 ? 'nearly nothing' : `$${usedUsd.toFixed(2)}`} of ${budget} ${sayLimit(limitUsd)} for ${time} is used`;
}

function anew({ whose }: OverBudget, zone: string): string {
  const when = whose === 'month' ? 'on the 1st' : 'at midnight';
  return `The budget starts anew ${when}, ${sayZone(zone)}; the one who runs Askstream can raise it (${settings[whose]}).`;
}

const settings: Readonly<Record<OverBudget['whose'], string>> = {
  person: 'DAILY_USD_PERSON',
  workspace: 'DAILY_USD_WORKSPACE',
  month: 'MONTHLY_USD_WORKSPACE',
};

function ended(message: string): string {
  return message.includes(nothingRan) ? capital(message) : `${capital(message)} ${nothingRan}`;
}
