import type { Refused } from '../../answer/stations.ts';
import { nothingRan, nothingRead } from '../../answer/words/say-refusal.ts';
import { sayBytes } from '../../answer/words/say-value.ts';
import { refreshFirst } from './answer-row.ts';
import { codeContext, firstSentence } from './asking-faces.ts';
import { actions, button, context, cut, list, type Message, type Piece, paragraph, person, richText, words } from './pieces.ts';
import { type PriceAbout, priceFace, smallerButton } from './price-face.ts';

/** Refused → faces n1 to n4, p: what was wrong, where, what to do; the SQL is kept and opens in the editor. */
export function refusedFace(refused: Refused, id: string, about: { readonly sqlDoor: boolean } & PriceAbout): Message {
  if (refused.approval) return priceFace(refused, id, about);
  const cost = refused.sentence.endsWith(nothingRead) ? nothingRead : nothingRan;
  const said = refused.sentence.replace(cost, '').trim();
  const grey = refused.scannedBytes > 0 ? `${sayBytes(refused.scannedBytes)} had been read by then.` : cost;
  const owner = forbidden.has(refused.code) ? ' Tables and closed columns are set in glossary.yml by an owner.' : '';
  return {
    text: cut(refused.sentence, 400),
    blocks: [
      richText(...whatWasWrong(refused, said)),
      ...actions(
        ...(refused.smaller ? [smallerButton(refused.smaller, id)] : []),
        ...(refused.code === 'no_data' ? [refreshFirst(id)] : []),
        about.sqlDoor || refused.sql === ''
          ? button('Edit the SQL', 'sql.edit', id, { primary: refused.code !== 'not_read_only' && !refused.smaller })
          : button('Ask again', 'question.again', id),
      ),
      context(`${grey}${owner}${about.sqlDoor ? ' Your SQL is kept and opens where you left it.' : ''}`),
    ],
  };
}

const forbidden = new Set(['table_not_allowed', 'column_blocked', 'column_not_allowed', 'unknown_table']);

function whatWasWrong(refused: Refused, said: string): readonly Piece[] {
  const all = refused.guard?.all ?? [];
  if (all.length > 1) {
    const items = all
      .slice(0, 10)
      .map((f) =>
        paragraph(words(`Line ${f.line}, column ${f.column}: `, 'bold'), words(f.name, 'code'), words(` ${whyClosed(f.code)}`)),
      );
    const left = all.length > 10 ? ` The first 10 of ${all.length}:` : '';
    return [paragraph(words(`${countWord(all.length)} things stop this.`, 'bold'), words(left)), ...list('ordered', items)];
  }
  const [first, rest] = firstSentence(said);
  return [paragraph(words(cut(first, 400), 'bold'), words(cut(rest, 900))), ...codeContext(refused.guard?.facts.context)];
}

function whyClosed(code: string): string {
  if (code === 'table_not_allowed' || code === 'unknown_table') return 'isn’t a table I may read.';
  if (code.startsWith('column_')) return 'is closed: it identifies people.';
  return 'isn’t open here.';
}

function countWord(n: number): string {
  return ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'][n] ?? String(n);
}

/** Face q: stopped by a person, cancelled at its price, or run out of time: `lead` is what happened, `rest` what it cost. */
export function cancelledFace(about: {
  readonly id: string;
  readonly lead: string;
  /** Slack user id; absent where nobody did it. */
  readonly by?: string;
  readonly rest: string;
  readonly readAs?: string;
}): Message {
  const { by } = about;
  return {
    text: cut(`${about.lead}${by ? ' by the asker' : ''}. ${about.rest}`, 400),
    blocks: [
      richText(paragraph(words(about.lead, 'bold'), by ? [...words(' by '), person(by)] : [], words(`. ${about.rest}`))),
      ...actions(button('Ask again', 'question.again', about.id)),
      ...(about.readAs ? [context(`Read as: ${about.readAs}`)] : []),
    ],
  };
}
