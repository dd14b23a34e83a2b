import type { SafeSql } from '../../sql/safe-sql.ts';
import type { Smaller, SqlAdvice } from '../stations.ts';
import { sayAbout } from './say-refusal.ts';
import { sayBytes } from './say-value.ts';

/** What could be safer in SQL that ran: a sentence each, and the changed text where one can be offered. */
export function sayAdvice(sql: SafeSql, bytes: number, smaller: Smaller | undefined): readonly SqlAdvice[] {
  const open = sql.advice.filter((advice) => advice.code === 'no_partition_bound').slice(0, 1);
  const others = sql.advice.filter((advice) => advice.code !== 'no_partition_bound');
  return [...open.map(({ facts }) => unbounded(String(facts.partition), bytes, smaller)), ...others.map(remark)];
}

function unbounded(partition: string, bytes: number, smaller: Smaller | undefined): SqlAdvice {
  const read = `Nothing bounds ${partition}, so all days were read: ${sayBytes(bytes)}`;
  // Where a few days are nearly all there is, they are no way to pay less.
  if (!smaller?.sql || smaller.bytes > bytes * 0.8)
    return { sentence: `${read}. Add WHERE ${partition} BETWEEN … AND … to pay for fewer.` };
  return {
    sentence: `${read}. With ${smaller.added} it is ${sayBytes(smaller.bytes)}, ${sayAbout(smaller.usd)}.`,
    offer: { label: 'Run the last 7 days', sql: smaller.sql },
  };
}

function remark({ code, line, facts, rewrite }: SafeSql['advice'][number]): SqlAdvice {
  const offer = (label: string) => (rewrite === undefined ? {} : { offer: { label, sql: rewrite } });
  const asDouble = `Write CAST(${facts.left} AS double) / ${facts.right}.`;
  switch (code) {
    case 'limit_without_order':
      return { sentence: `Line ${line}: LIMIT without ORDER BY returns other rows each time. Add ORDER BY before it.` };
    case 'decimal_ratio':
      return {
        sentence: `Line ${line}: a decimal division keeps only the digits of its operands. ${asDouble}`,
        ...offer('Divide as double'),
      };
    case 'integer_division':
      return { sentence: `Line ${line}: a division of integers drops the rest. ${asDouble}`, ...offer('Divide as double') };
    default:
      return {
        sentence: `Line ${line}: an approximate function; its value may be off by about 2%. count(DISTINCT …) is exact.`,
        ...offer('Count exactly'),
      };
  }
}
