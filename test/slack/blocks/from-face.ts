import { readFileSync } from 'node:fs';
import type { Answer, Mark } from '../../../src/answer/stations.ts';
import type { AnswerAbout } from '../../../src/slack/blocks/answer-about.ts';
import type { Piece } from '../../../src/slack/blocks/pieces.ts';
import { answer, reading } from '../../doors/answers.ts';

/** A reference face: the arguments of its call. */
export interface Face {
  readonly text: string;
  readonly blocks: readonly Piece[];
}

export function readFace(file: string): Face {
  return JSON.parse(readFileSync(file, 'utf8')) as Face;
}

/** The answer that a reference face was written from, so that building it again must give the face. */
export function answerOf({ blocks }: Face): { answer: Answer; about: AnswerAbout } {
  const of = (type: string) => blocks.find((b) => b.type === type);
  const head = (blocks.filter((b) => b.type === 'rich_text').at(-1)?.elements ?? []) as Piece[];
  const sections = head.filter((e) => e.type === 'rich_text_section');
  const lines = String((of('context')!.elements as Piece[])[0]!.text).split('\n');
  const isSql = !lines[0]!.startsWith('Read as');
  const table = of('data_table');
  const image = of('image');
  const buttons = (of('actions')?.elements ?? []) as Piece[];
  const base = answer();
  const { chart: _, table: __, png: ___, reading: ____, bigNumber: _____, ...rest } = base;
  return {
    about: { id: idOf(blocks), ...(image ? { picture: (image.slack_file as { id: string }).id } : {}) },
    answer: {
      ...rest,
      ...(isSql ? {} : { reading }),
      headline: boldOf(sections[0]!),
      more: restOf(sections[0]!),
      notes: sections.slice(1).map((s) => wordsOf(s)),
      marks: head.filter((e) => e.type === 'rich_text_quote').map(markOf),
      ...(of('header') ? { bigNumber: textOf(of('header')!.text) } : {}),
      readAs: lines[0]!.replace('Read as: ', ''),
      footer: lines[1] ?? '',
      ...(table ? { table: tableOf(table) } : {}),
      ...(image ? { chart: { ...base.chart!, altText: String(image.alt_text), others: ['columns'] } } : {}),
      rows: table ? [[1], [2]] : [[1]],
      ...foldOf(of('container')),
      next: buttons
        .filter((b) => String(b.action_id).startsWith('answer.next'))
        .map((b) => ({ label: textOf(b.text), question: '' })),
    },
  };
}

export function textOf(value: unknown): string {
  return String((value as { text: string }).text);
}

/** All words of rich text, in order. */
export function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('');
  const piece = value as Piece;
  return piece.type === 'text' ? String(piece.text) : piece.elements ? wordsOf(piece.elements) : '';
}

function boldOf(section: Piece): string {
  return wordsOf((section.elements as Piece[]).filter((e) => (e.style as { bold?: boolean })?.bold));
}

function restOf(section: Piece): string {
  return wordsOf(section).slice(boldOf(section).length).trim();
}

function markOf(quote: Piece): Mark {
  const sign = (quote.elements as Piece[]).find((e) => e.type === 'emoji')?.name;
  const title = boldOf(quote);
  const code =
    sign === 'arrows_counterclockwise'
      ? 'updated'
      : title.startsWith('Today')
        ? 'partial'
        : title.startsWith('The data stop')
          ? 'stale'
          : sign
            ? 'small_sample'
            : 'caveat';
  return { code, title, text: wordsOf(quote).trim().slice(title.length).trim() };
}

function tableOf(table: Piece): NonNullable<Answer['table']> {
  const [header = [], ...rows] = table.rows as { text: string; value?: number }[][];
  return {
    caption: String(table.caption),
    header: header.map((c) => c.text),
    rows: rows.map((row) => row.map((c) => (c.value === undefined ? { text: c.text } : { text: c.text, value: c.value }))),
  };
}

function foldOf(container: Piece | undefined): Pick<Answer, 'counted' | 'sql'> {
  const inner = ((container?.child_blocks ?? []) as Piece[]).flatMap((b) => b.elements as Piece[]);
  const list = inner.find((e) => e.type === 'rich_text_list');
  return {
    counted: ((list?.elements ?? []) as Piece[]).map(wordsOf),
    sql: wordsOf(inner.find((e) => e.type === 'rich_text_preformatted') ?? []),
  };
}

function idOf(blocks: readonly Piece[]): string {
  return /"down:([^"]+)"/.exec(JSON.stringify(blocks))?.[1] ?? 'X';
}
