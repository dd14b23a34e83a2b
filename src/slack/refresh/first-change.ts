import type { Answer } from '../../answer/stations.ts';

/** The first figure that differs between two answers to one Reading, as people read it; undefined where all rows are the same. */
export function firstChange(before: Answer, after: Answer): { readonly from: string; readonly to: string } | undefined {
  if (JSON.stringify(before.rows) === JSON.stringify(after.rows)) return undefined;
  if (before.bigNumber && after.bigNumber && before.bigNumber !== after.bigNumber)
    return { from: before.bigNumber, to: after.bigNumber };
  return cellChange(before, after) ?? numberChange(before.headline, after.headline) ?? rowCount(before, after);
}

/** Rows are told apart by their first cell, so a ranking that moved compares like with like. */
function cellChange(before: Answer, after: Answer): { from: string; to: string } | undefined {
  const now = new Map((after.table?.rows ?? []).map((row) => [row[0]?.text, row]));
  for (const row of before.table?.rows ?? []) {
    const other = now.get(row[0]?.text);
    const at = row.findIndex((cell, i) => i > 0 && cell.text !== other?.[i]?.text);
    if (other && at > 0) return { from: `${row[0]!.text} ${row[at]!.text}`, to: other[at]!.text };
  }
  return undefined;
}

function numberChange(before: string, after: string): { from: string; to: string } | undefined {
  const [from, to] = [before, after].map((text) => /[€$£]?\d[\d,.]*\d%?|\d%?/.exec(text)?.[0]);
  return from && to && from !== to ? { from, to } : undefined;
}

function rowCount(before: Answer, after: Answer): { from: string; to: string } | undefined {
  const [from, to] = [before, after].map((a) => `${a.rows.length.toLocaleString('en')} rows`);
  return from === to ? { from: 'earlier figures', to: 'newer figures' } : { from: from!, to: to! };
}
