import { LineCounter, parseDocument } from 'yaml';
import { type Glossary, glossarySchema } from './glossary-schema.ts';

/**
 * Text of `glossary.yml` → the typed vocabulary, or the first fault as a sentence with its line: what is wrong, where, what
 * to do. Names that point nowhere (a ratio of an unknown metric, a variant, a step) are faults too.
 */
export function loadGlossary(
  text: string,
): { readonly ok: true; readonly glossary: Glossary } | { readonly ok: false; readonly message: string; readonly line: number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) return fault(lines.linePos(broken.pos[0]).line, `The glossary is not valid YAML: ${firstSentence(broken.message)}`);

  const parsed = glossarySchema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path.map(String);
    return fault(lineOf(path), `The glossary has a fault at ${path.join(' › ') || 'its top'}: ${issue.message}.`);
  }
  const dangling = firstDangling(parsed.data);
  return dangling ? fault(lineOf(dangling.path), dangling.message) : { ok: true, glossary: parsed.data };

  /** Line of the deepest node of the path that exists. */
  function lineOf(path: readonly string[]): number {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range))
        return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function fault(line: number, message: string): { readonly ok: false; readonly message: string; readonly line: number } {
  return { ok: false, line, message: `${message} Line ${line}.` };
}

function firstSentence(message: string): string {
  return `${message.split('\n')[0]!.replace(/ at line .*$/, '')}.`;
}

/** The first name in the glossary that points to nothing. */
function firstDangling(glossary: Glossary): { path: string[]; message: string } | undefined {
  const metric = (id: string) => id in glossary.metrics;
  for (const [id, t] of Object.entries(glossary.tables)) {
    const key = [t.partition, ...(t.partition_columns ?? [])].find((k) => k !== undefined && !(k in t.columns));
    if (key) return { path: ['tables', id], message: `Table ${id} is partitioned by ${key}, which is none of its columns.` };
  }
  for (const [id, m] of Object.entries(glossary.metrics)) {
    const path = ['metrics', id];
    if ([m.measure, m.ratio, m.complement].filter(Boolean).length !== 1)
      return { path, message: `Metric ${id} needs exactly one of measure, ratio and complement.` };
    const named = [m.ratio?.of, m.ratio?.over, m.complement, ...m.variants.map((v) => v.metric)].filter((x) => x !== undefined);
    const lost = named.find((x) => !metric(x));
    if (lost) return { path, message: `Metric ${id} names the metric ${lost}, which the glossary does not have.` };
    if (m.measure && !(m.measure.table in glossary.tables))
      return { path, message: `Metric ${id} reads the table ${m.measure.table}, which the glossary does not have.` };
    const dimension = m.variants.flatMap((v) => v.dimensions).find((d) => !(d in glossary.dimensions));
    if (dimension)
      return { path, message: `Metric ${id} has a variant for the dimension ${dimension}, which the glossary does not have.` };
  }
  for (const [id, d] of Object.entries(glossary.dimensions)) {
    const table = Object.keys(d.columns).find((t) => t !== '*' && !(t in glossary.tables));
    if (table)
      return { path: ['dimensions', id], message: `Dimension ${id} reads the table ${table}, which the glossary does not have.` };
  }
  for (const [id, f] of Object.entries(glossary.funnels)) {
    const step = f.steps.find((s) => !(s in glossary.steps));
    if (step) return { path: ['funnels', id], message: `Funnel ${id} has the step ${step}, which the glossary does not have.` };
  }
  return undefined;
}
