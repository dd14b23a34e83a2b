import Table from 'cli-table3';
import type { Outcome } from '../answer/stations.ts';
import { sayVerified } from '../answer/words/say-verified.ts';
import { sayWaysOn } from './outcome-json.ts';

/** An outcome for a person in a terminal: the same words as in Slack, the table as text. */
export function showOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'answer':
      return [
        `${outcome.headline} ${outcome.more}`.trim(),
        ...outcome.marks.map((m) => `⚠️  ${m.title} ${m.text}`),
        ...(outcome.table ? [drawTable(outcome.table.header, outcome.table.rows)] : []),
        ...outcome.notes,
        `Read as: ${outcome.readAs}`,
        outcome.footer,
        ...(outcome.verified ? [sayVerified(outcome.verified)] : []),
      ].join('\n');
    case 'clarify':
      return [
        outcome.reading.question,
        ...outcome.reading.choices.map((c) => `  · ${c.label}: “${c.question}”`),
        ...(outcome.note ? [outcome.note] : []),
      ].join('\n');
    case 'decline':
      return [
        outcome.sentence,
        ...(outcome.how ? [outcome.how] : []),
        ...(outcome.nearest ? [`Nearest: “${outcome.nearest.question}”`] : []),
        ...(outcome.note ? [outcome.note] : []),
      ].join('\n');
    case 'refused':
      return [outcome.sentence, ...(outcome.approval || outcome.smaller ? sayWaysOn(outcome) : [])].join('\n');
    case 'failed':
      return outcome.sentence;
  }
}

const rowsShown = 50;

function drawTable(header: readonly string[], rows: readonly (readonly { text: string; value?: number }[])[]): string {
  const numeric = header.map((_, i) => rows.some((row) => row[i]?.value !== undefined));
  const table = new Table({
    head: [...header],
    style: { head: [], border: [] },
    colAligns: numeric.map((n) => (n ? 'right' : 'left')),
  });
  for (const row of rows.slice(0, rowsShown)) table.push(row.map((cell) => cell.text));
  const rest =
    rows.length > rowsShown ? `\nFirst ${rowsShown} of ${rows.length.toLocaleString('en')} rows; --json prints all.` : '';
  return table.toString() + rest;
}
