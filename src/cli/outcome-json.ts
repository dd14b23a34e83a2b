import type { Answer, ModelReceipt, Outcome, Refused } from '../answer/stations.ts';
import { sayAbout } from '../answer/words/say-refusal.ts';
import { sayBytes } from '../answer/words/say-value.ts';

/** An outcome in the form of ARCHITECTURE §7; absent fields are left out. */
export function outcomeJson(outcome: Outcome, png?: string): Record<string, unknown> {
  const { model } = outcome;
  return { ...bodyJson(outcome, png), ...(model ? { model: modelJson(model) } : {}) };
}

function modelJson({ calls, input, output, cached, written, usd }: ModelReceipt): Record<string, number> {
  const tokens = { input_tokens: input, output_tokens: output, cached_tokens: cached, written_tokens: written };
  return { calls, ...tokens, ...(usd === undefined ? {} : { usd }) };
}

function bodyJson(outcome: Outcome, png: string | undefined): Record<string, unknown> {
  switch (outcome.kind) {
    case 'answer':
      return answerJson(outcome, png);
    case 'clarify':
      return {
        id: outcome.id,
        kind: 'clarify',
        code: outcome.reading.about,
        sentence: outcome.reading.question,
        reading: outcome.reading,
        choices: outcome.reading.choices.map((c) => c.question),
        ...(outcome.note ? { notes: [outcome.note] } : {}),
        ms: rounded(outcome.ms),
      };
    case 'decline': {
      const sentence = [outcome.sentence, outcome.nearest ? `Nearest: “${outcome.nearest.question}”.` : '']
        .filter(Boolean)
        .join(' ');
      return {
        id: outcome.id,
        kind: 'decline',
        code: outcome.reading.reason,
        sentence,
        reading: outcome.reading,
        ...(outcome.nearest ? { choices: [outcome.nearest.question] } : {}),
        notes: [outcome.how, outcome.note].filter((note) => note !== undefined),
        ms: rounded(outcome.ms),
      };
    }
    case 'refused':
      return {
        id: outcome.id,
        kind: 'refused',
        code: outcome.code,
        line: outcome.line,
        column: outcome.column,
        sentence: outcome.sentence,
        sql: outcome.sql,
        ...(outcome.error ? { error: outcome.error } : {}),
        ...(outcome.construct ? { construct: outcome.construct } : {}),
        ...(outcome.approval ? { approval: outcome.approval } : {}),
        ...(outcome.approval || outcome.smaller ? { notes: sayWaysOn(outcome) } : {}),
        ms: rounded(outcome.ms),
      };
    case 'failed':
      return { id: outcome.id, kind: 'failed', code: outcome.reference, sentence: outcome.sentence, ms: rounded(outcome.ms) };
  }
}

/** What can be done about a price: approve it, or take the smaller way. */
export function sayWaysOn({ approval, smaller }: Refused): readonly string[] {
  const bound = smaller?.added ? ` (with ${smaller.added})` : '';
  return [
    ...(approval ? [`Run it all the same with --approve ${(Math.ceil(approval.usd * 100) / 100).toFixed(2)}.`] : []),
    ...(smaller ? [`${smaller.label}${bound}: ${sayBytes(smaller.bytes)}, ${sayAbout(smaller.usd)}.`] : []),
  ];
}

function answerJson(a: Answer, png: string | undefined): Record<string, unknown> {
  return {
    id: a.id,
    kind: 'answer',
    sentence: [a.headline, a.more].filter(Boolean).join(' '),
    read_as: a.readAs,
    ...(a.reading || a.modelSql ? { reading: a.reading ?? a.modelSql } : {}),
    ...(a.verified ? { verified: a.verified } : {}),
    sql: a.sql,
    columns: a.columns,
    rows: a.rows,
    truncated: a.truncated,
    ...(a.chart ? { chart: { type: a.chart.type, alt_text: a.chart.altText, ...(png ? { png } : {}) } } : {}),
    ...(a.next.length > 0 ? { choices: a.next.map((n) => n.question) } : {}),
    notes: [...a.marks.map((m) => `${m.title} ${m.text}`.trim()), ...a.notes, ...a.counted],
    freshness: {
      complete_to: a.freshness.completeTo,
      last_run: a.freshness.lastRun,
      newest_event_time: a.freshness.newestEventTime,
      partial: a.freshness.partial,
    },
    price: {
      estimated_bytes: a.price.estimatedBytes,
      scanned_bytes: a.price.scannedBytes,
      measured: a.price.billed,
      usd: a.price.usd,
    },
    ms: rounded(a.ms),
  };
}

function rounded(ms: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(ms).map(([k, v]) => [k, Math.round(v * 100) / 100]));
}
