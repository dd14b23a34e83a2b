import type { Piece } from '../shapes.ts';
import { h } from './dom.ts';
import { shape } from './icons.ts';

interface Series {
  name: string;
  data: { label: string; value: number }[];
}
interface Chart {
  type: string;
  series: Series[];
  segments: { label: string; value: number }[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

const WIDE = 470;
const HIGH = 170;
const TOP = 22;
const BASE = HIGH - 26;

/** A data_visualization block as SVG: bars, lines, areas or a pie, with its values in words for screen readers. */
export function chartBlock(block: Piece): HTMLElement {
  const chart = block.chart as Chart;
  const svg = shape('svg', {
    viewBox: `0 0 ${WIDE} ${HIGH}`,
    role: 'img',
    'aria-label': `${String(block.title)}: ${spoken(chart)}`,
  });
  if (chart.type === 'pie') drawPie(svg, chart);
  else if (chart.type === 'bar') drawBars(svg, chart);
  else drawLines(svg, chart, chart.type === 'area');
  const names = chart.type === 'pie' ? chart.segments.map((one) => one.label) : chart.series.map((one) => one.name);
  const legend = names.map((name, index) => h('span', {}, h('i', { class: `fill-${index % 6}` }), name));
  const box = h('div', { class: 'viz' }, h('div', { class: 'vt' }, String(block.title)), h('div', { class: 'vl' }, legend));
  box.append(svg);
  return box;
}

function spoken(chart: Chart): string {
  if (chart.type === 'pie') return chart.segments.map((one) => `${one.label} ${one.value}`).join(', ');
  return chart.series
    .map((one) => `${one.name} ${one.data.map((point) => `${point.label} ${point.value}`).join(', ')}`)
    .join('; ');
}

function extent(chart: Chart): { low: number; high: number; y: (value: number) => number } {
  const values = chart.series.flatMap((one) => one.data.map((point) => point.value));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const span = high - low || 1;
  return { low, high, y: (value) => BASE - ((value - low) / span) * (BASE - TOP) };
}

function drawBars(svg: SVGElement, chart: Chart): void {
  const { y } = extent(chart);
  const { categories } = chart.axis_config;
  const slot = WIDE / categories.length;
  const width = Math.min(34, (slot * 0.8) / chart.series.length);
  const few = categories.length * chart.series.length <= 16;
  categories.forEach((category, place) => {
    const middle = slot * (place + 0.5);
    chart.series.forEach((one, index) => {
      const value = one.data[place]?.value ?? 0;
      const x = middle + (index - chart.series.length / 2) * width + 1.5;
      const top = Math.min(y(value), y(0));
      svg.append(
        shape('rect', {
          x,
          y: top,
          width: width - 3,
          height: Math.max(1, Math.abs(y(value) - y(0))),
          rx: 2,
          class: `fill-${index % 6}`,
        }),
      );
      if (few) svg.append(words(x + (width - 3) / 2, top - 5, short(value), 'value'));
    });
    svg.append(words(middle, HIGH - 8, category, 'label'));
  });
  svg.append(shape('line', { x1: 0, x2: WIDE, y1: y(0), y2: y(0), class: 'axis' }));
}

function drawLines(svg: SVGElement, chart: Chart, area: boolean): void {
  const { y } = extent(chart);
  const { categories } = chart.axis_config;
  const x = (place: number) => 24 + (place * (WIDE - 48)) / Math.max(1, categories.length - 1);
  chart.series.forEach((one, index) => {
    const points = one.data.map((point, place) => `${x(place)},${y(point.value)}`);
    if (area)
      svg.append(
        shape('polygon', {
          points: `${x(0)},${y(0)} ${points.join(' ')} ${x(one.data.length - 1)},${y(0)}`,
          class: `fill-${index % 6} pale`,
        }),
      );
    svg.append(
      shape('polyline', {
        points: points.join(' '),
        class: `line-${index % 6}`,
        'stroke-dasharray': index === 0 ? 'none' : `${7 - index} 3`,
      }),
    );
    const last = one.data.at(-1);
    if (last !== undefined) svg.append(words(x(one.data.length - 1), y(last.value) - 6, short(last.value), 'value'));
  });
  const every = Math.ceil(categories.length / 8);
  categories.forEach((category, place) => {
    if (place % every === 0) svg.append(words(x(place), HIGH - 8, category, 'label'));
  });
  svg.append(shape('line', { x1: 0, x2: WIDE, y1: y(0), y2: y(0), class: 'axis' }));
}

function drawPie(svg: SVGElement, chart: Chart): void {
  const total = chart.segments.reduce((sum, one) => sum + one.value, 0);
  const at = (share: number, radius: number) =>
    [WIDE / 2 + radius * Math.sin(share * 2 * Math.PI), HIGH / 2 - radius * Math.cos(share * 2 * Math.PI)] as const;
  let from = 0;
  chart.segments.forEach((one, index) => {
    const to = from + one.value / total;
    const [x1, y1] = at(from, 72);
    const [x2, y2] = at(Math.min(to, from + 0.9999), 72);
    svg.append(
      shape('path', {
        d: `M${WIDE / 2} ${HIGH / 2}L${x1} ${y1}A72 72 0 ${to - from > 0.5 ? 1 : 0} 1 ${x2} ${y2}Z`,
        class: `fill-${index % 6}`,
      }),
    );
    const [tx, ty] = at((from + to) / 2, 96);
    svg.append(words(tx, ty + 4, `${((100 * one.value) / total).toFixed(1)}%`, 'value'));
    from = to;
  });
}

function words(x: number, y: number, text: string, kind: string): SVGElement {
  const element = shape('text', { x, y, class: kind, 'text-anchor': 'middle' });
  element.textContent = text;
  return element;
}

function short(value: number): string {
  if (Math.abs(value) >= 10_000)
    return new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
