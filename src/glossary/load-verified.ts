import { parseDocument } from 'yaml';
import { z } from 'zod';
import { checkReading } from './check-reading.ts';
import type { Glossary } from './glossary-schema.ts';
import { questionKey, type VerifiedQuestion } from './verified-question.ts';

/** Text of one file of `prompts/verified/` → the question that it approves, or the first fault as a sentence: where, and what to do. */
export function loadVerified(
  text: string,
  glossary: Glossary,
): { readonly ok: true; readonly verified: VerifiedQuestion } | { readonly ok: false; readonly message: string } {
  const document = parseDocument(text, { uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) return fault(`It is not valid YAML: ${broken.message.split('\n')[0]!.replace(/:$/, '')}.`);
  const parsed = fileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return fault(`It has a fault at ${issue.path.map(String).join(' › ') || 'its top'}: ${issue.message}.`);
  }
  const { reading, sql, says, ...rest } = parsed.data;
  if ((reading === undefined) === (sql === undefined))
    return fault('It needs either a reading or sql with says, and not both of them.');
  if (sql !== undefined && says === undefined) return fault('sql needs says: one sentence of what its rows are.');
  const checked = checkReading(reading ?? { kind: 'sql', sql, says }, glossary);
  if (!checked.ok) return fault(checked.message);
  if (checked.reading.kind === 'clarify' || checked.reading.kind === 'decline' || (reading && checked.reading.kind === 'sql'))
    return fault('A verified reading is of kind metric or funnel; SQL stands under sql.');
  return { ok: true, verified: { ...rest, reading: checked.reading } };
}

const wording = z.string().refine((text) => questionKey(text) !== '', 'a question needs words');

const fileSchema = z.strictObject({
  question: wording,
  also: z.array(wording).default([]),
  /** One of the two; `says` goes with `sql`. */
  reading: z.unknown().optional(),
  sql: z.string().optional(),
  says: z.string().optional(),
  approved: z.strictObject({
    by: z.string().min(1),
    on: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'not a day such as 2026-10-12'),
  }),
});

function fault(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
