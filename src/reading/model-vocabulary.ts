import type { Dimension, Glossary, GlossaryTable } from '../glossary/glossary-schema.ts';

const SYNONYMS_SHOWN = 4;
const VALUES_SHOWN = 40;

/** The glossary as a model is told it: ids with what they mean, and open tables, in its own order; no SQL, nothing of the data. */
export function modelVocabulary(glossary: Glossary): string {
  const metrics = Object.entries(glossary.metrics)
    .filter(([, metric]) => !metric.hidden)
    .map(([id, { label, unit, better, definition, synonyms }]) => {
      const good = better === 'none' ? '' : `, good when it goes ${better}`;
      return `- ${id} (${unit}${good}): ${label}. ${definition}${also(synonyms)}`;
    });
  const dimensions = Object.entries(glossary.dimensions).map(([id, dimension]) => `- ${id}: ${dimensionLine(dimension)}`);
  const steps = Object.entries(glossary.steps).map(([id, { label, synonyms }]) => `- ${id}: ${label}${also(synonyms)}`);
  const funnels = Object.values(glossary.funnels).map(({ label, steps }) => `- ${label}: ${steps.join(', ')}`);
  const ambiguous = Object.values(glossary.ambiguous).map(
    ({ synonyms, choices }) => `- ${synonyms.slice(0, SYNONYMS_SHOWN).join(', ')}: ${choices.map((c) => c.label).join(' or ')}`,
  );
  const reasons = Object.entries(glossary.reasons).map(([id, { synonyms }]) => `- ${id}${also(synonyms)}`);
  const counted = new Set(Object.values(glossary.metrics).map(({ measure }) => measure?.table));
  // Rollups and the refresh's own books are no source of questions: what they hold, metrics say.
  const tables = Object.entries(glossary.tables)
    .filter(([name, { location }]) => counted.has(name) || location !== undefined)
    .map(([name, table]) => tableLine(name, table, glossary));
  return [
    section('Metrics', metrics),
    section('Dimensions', dimensions),
    section('Steps of funnels', steps),
    section('Usual funnels', funnels),
    section('Words that can mean several things: ask back', ambiguous),
    section('Not in the data: decline with this reason', reasons),
    section('Tables, for kind `sql` only', tables),
  ].join('\n\n');
}

function dimensionLine({ label, synonyms, values, groups, learn, countries, kind }: Dimension): string {
  const listed = Object.keys(values);
  const known = listed.length === 0 ? '' : ` Values: ${listed.slice(0, VALUES_SHOWN).join(', ')}.`;
  const sets = Object.entries(groups).map(([id, group]) => `${id} (${group.label})`);
  const grouped = sets.length === 0 ? '' : ` Sets of values: ${sets.join(', ')}.`;
  const codes = countries ? ' Values are two-letter ISO codes.' : '';
  const learned = learn ? ' Values are those of the data.' : '';
  const number = kind === 'number' || kind === 'bin' ? ' Takes numbers with at_least, at_most, more_than, less_than.' : '';
  return `${label}${also(synonyms)}${known}${grouped}${codes}${learned}${number}`;
}

/** Columns that no query may read are not told. */
function tableLine(name: string, { about, columns, partition }: GlossaryTable, { blocked_columns }: Glossary): string {
  const blocked = new Set(blocked_columns.map((column) => column.toLowerCase().split('.').slice(-2).join('.')));
  const isOpen = (column: string) =>
    !blocked.has(column.toLowerCase()) && !blocked.has(`${name.toLowerCase()}.${column.toLowerCase()}`);
  const open = Object.entries(columns).filter(([column]) => isOpen(column));
  const bound = partition ? ` Bound ${partition}.` : '';
  return `- ${name}: ${about}.${bound} Columns: ${open.map(([column, type]) => `${column} ${type}`).join(', ')}.`;
}

function also(synonyms: readonly string[]): string {
  return synonyms.length === 0 ? '.' : `; also: ${synonyms.slice(0, SYNONYMS_SHOWN).join(', ')}.`;
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n${lines.join('\n')}`;
}
