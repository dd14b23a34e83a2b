import type { Chart } from '../chart-table.ts';
import { wrapText } from '../fit-text.ts';
import { fontFamily } from '../font-family.ts';
import { ink, type Measure, pictureWidth, size } from '../theme.ts';

/** Plain JSON of a Vega-Lite part. */
export type Json = { readonly [key: string]: unknown };

/** What a builder hands to the frame: the plot's place in logical pixels and its layers. */
export interface Body {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
  /** Space between header and plot. */
  readonly gap: number;
  readonly layers: readonly Json[];
  /** Said at the end of the subtitle: «axis from 3%». */
  readonly note?: string | undefined;
  readonly projection?: Json;
}

/** Space around everything. */
export const edge = 15;

/** The whole Vega-Lite specification of a picture: header, plot, opaque ground; sizes are exact, nothing is laid out by Vega. */
export function frame(chart: Chart, body: Body, measure: Measure): Json {
  const room = pictureWidth - 2 * edge;
  const titles = wrapText(chart.title, room, 2, size.title, measure, 600);
  const subtitle = [chart.subtitle, body.note ?? ''].filter((part) => part !== '').join(' · ');
  const below = subtitle === '' ? [] : wrapText(subtitle.replaceAll(' · ', '\u00a0· '), room, 3, size.subtitle, measure);
  const top = edge + titles.length * 20 + below.length * 18 + body.gap;
  const lines = [
    ...titles.map((text, at) => ({ text, y: edge - top + 10 + at * 20, kind: 'title' })),
    ...below.map((text, at) => ({ text, y: edge - top + titles.length * 20 + 10 + at * 18, kind: 'subtitle' })),
  ];
  const header = (kind: 'title' | 'subtitle') =>
    words(
      lines.filter((line) => line.kind === kind),
      { x: { value: edge - body.left }, y: pixel('y') },
      {
        align: 'left',
        fontSize: size[kind],
        fontWeight: kind === 'title' ? 600 : 400,
        color: kind === 'title' ? ink.text : ink.muted,
      },
    );
  return {
    width: pictureWidth - body.left - body.right,
    height: body.height,
    padding: { left: body.left, right: body.right, top, bottom: body.bottom },
    autosize: { type: 'none' },
    background: ink.ground,
    config: { font: fontFamily, view: { stroke: null }, text: { font: fontFamily } },
    ...(body.projection === undefined ? {} : { projection: body.projection }),
    layer: [header('title'), ...(below.length === 0 ? [] : [header('subtitle')]), ...body.layers],
  };
}

/** Pixels of the plot that a body leaves across. */
export function plotWidth(body: { readonly left: number; readonly right: number }): number {
  return pictureWidth - body.left - body.right;
}

/** A field that already holds pixels. */
export function pixel(field: string): Json {
  return { field, type: 'quantitative', scale: null, axis: null };
}

/** A field that already holds colours. */
export function painted(field = 'color'): Json {
  return { field, type: 'nominal', scale: null };
}

/** A field on a number scale with exactly this domain. */
export function scaled(field: string, domain: readonly [number, number], more: Json = {}): Json {
  return { field, type: 'quantitative', axis: null, scale: { domain, nice: false, zero: false, ...more } };
}

/** A field on a scale of bands: places 0 to count − 1. */
export function banded(field: string, count: number, padding: number): Json {
  const domain = Array.from({ length: count }, (_, at) => at);
  return { field, type: 'ordinal', axis: null, sort: null, scale: { domain, paddingInner: padding, paddingOuter: padding / 2 } };
}

/** Texts at places; the text itself travels as data in the field `text`, so nothing in it is ever an expression. */
export function words(values: readonly object[], encoding: Json, mark: Json = {}): Json {
  return {
    data: { values },
    mark: { type: 'text', baseline: 'middle', fontSize: size.label, color: ink.text, ...mark },
    encoding: { ...encoding, text: { field: 'text', type: 'nominal' } },
  };
}

/** Any other mark over values. */
export function marks(values: readonly object[], mark: Json, encoding: Json): Json {
  return { data: { values }, mark, encoding };
}

/** The widest of some texts. */
export function widest(
  texts: readonly string[],
  measure: Measure,
  fontSize: number = size.label,
  weight: 400 | 600 = 400,
): number {
  return texts.reduce((most, text) => Math.max(most, measure(text, fontSize, weight)), 0);
}
