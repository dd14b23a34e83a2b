import type { Cell } from '../services/warehouse.ts';
import { nameOf, partsOf, type Series, seriesOf } from './chart-series.ts';
import type { Chart } from './chart-table.ts';
import { type KnownColumn, knowColumns, numberOf } from './column-roles.ts';
import { countryOf } from './country-names.ts';
import { formatValue, valueWriter } from './format-value.ts';
import { funnelSteps } from './specs/funnel.ts';
import { bucketName, grainOf, timeOf } from './time-values.ts';

type Unworded = Omit<Chart, 'altText'>;

/** The picture in 100 to 500 characters for who cannot see it: type, title, period, first and last or the parts, what is missing. */
export function altText(chart: Unworded): string {
  const head = [sentence(`${kinds[chart.type]}: ${chart.title}`), chart.subtitle === '' ? '' : sentence(chart.subtitle)];
  const parts = [...head, ...details({ ...chart, altText: '' })].filter((part) => part !== '');
  let text = '';
  for (const part of parts) {
    const longer = text === '' ? part : `${text} ${part}`;
    if (longer.length > 470) return `${cut(longer, 470)} More in the table.`;
    text = longer;
  }
  return text.length >= 100
    ? text
    : `${text} ${sentence(sizeOf(chart))} The table below holds every figure of it.`.replace(/\s+/gu, ' ');
}

const kinds: Record<Chart['type'], string> = {
  line: 'Line chart',
  columns: 'Column chart',
  bars: 'Bar chart',
  grouped_bars: 'Grouped bar chart',
  stacked: 'Stacked column chart',
  funnel: 'Funnel',
  map: 'World map',
  bubbles: 'Map with bubbles',
  heat: 'Heat map',
  histogram: 'Histogram',
  scatter: 'Scatter chart',
};

function details(chart: Chart): string[] {
  switch (chart.type) {
    case 'line':
      return seriesOf(chart)
        .filter((series) => !series.before)
        .map((series) => courseOf(series, chart));
    case 'funnel':
      return [
        funnelSteps(chart)
          .map((step, at) => `${step.name} ${step.count}${at === 0 ? '' : ` (${step.ofPrevious} of previous)`}`)
          .join(', then ')
          .concat('.'),
      ];
    case 'columns':
    case 'bars':
    case 'map':
      return rowsOf(chart);
    case 'heat':
    case 'grouped_bars':
    case 'stacked':
      return cellsOf(chart);
    case 'histogram':
    case 'scatter':
    case 'bubbles':
      return knowColumns(chart.table)
        .filter((column) => column.role === 'measure')
        .map((column) => rangeOf(chart, column));
  }
}

function courseOf(series: Series, chart: Chart): string {
  const present = series.points.filter((point) => point.y !== null);
  const [first, last] = [present[0], present.at(-1)];
  if (first === undefined || last === undefined) return `${series.name}: no values.`;
  const write = (value: number | null) => formatValue(value, series.unit, { currency: series.currency, compact: true });
  const times = [...new Set(series.points.map((point) => point.x))];
  const overTime = partsOf(chart.table).axis?.role === 'time';
  const at = (x: number) => (overTime ? bucketName(x, grainOf(times)) : String(x));
  const low = present.reduce((least, point) => (point.y! < least.y! ? point : least));
  const high = present.reduce((most, point) => (point.y! > most.y! ? point : most));
  const missing = series.points.length - present.length;
  const extremes = present.length > 2 ? `, low ${write(low.y)} (${at(low.x)}), high ${write(high.y)} (${at(high.x)})` : '';
  const open = chart.lastPartial === true ? ', the last not complete' : '';
  return `${series.name} from ${write(first.y)} (${at(first.x)}) to ${write(last.y)} (${at(last.x)}${open})${extremes}${missing === 0 ? '' : `, ${missing} missing`}.`;
}

function rowsOf(chart: Chart): string[] {
  const { axis, measures } = partsOf(chart.table);
  const measure = measures[0]!;
  const times = axis?.role === 'time' ? chart.table.rows.flatMap((row) => timeOf(row[axis.at]) ?? []) : [];
  const said = chart.table.rows.map((row) => {
    const name = axis === undefined ? '' : headOf(chart, nameOf(row[axis.at]), axis, times);
    return `${name} ${written(chart, row[measure.at], measure)}`;
  });
  const missing = chart.table.rows.filter((row) => numberOf(row[measure.at]) === undefined).length;
  const most = chart.type === 'map' ? 6 : 10;
  const shown = said.length <= most ? said : [...said.slice(0, most - 1), `… ${said.at(-1)}`];
  const count = chart.type === 'map' ? `${said.length} countries. ` : said.length > most ? `${said.length} values. ` : '';
  return [`${count}${shown.join(', ')}.`, missing === 0 ? '' : `${missing} without a value.`];
}

function headOf(chart: Chart, name: string, axis: KnownColumn, times: readonly number[]): string {
  if (chart.type === 'map') return countryOf(name)?.name ?? name;
  const time = axis.role === 'time' ? timeOf(name) : undefined;
  return time === undefined ? name : bucketName(time, grainOf(times));
}

function cellsOf(chart: Chart): string[] {
  const columns = knowColumns(chart.table);
  const heads = columns.filter((column) => column.role !== 'measure');
  const measures = columns.filter((column) => column.role === 'measure' && column.before !== true);
  const groups = Map.groupBy(chart.table.rows, (row) => nameOf(row[heads[0]!.at]));
  const times = heads[0]!.role === 'time' ? [...groups.keys()].flatMap((name) => timeOf(name) ?? []) : [];
  const count = `${groups.size} ${heads[0]!.role === 'time' ? 'periods' : 'groups'}.`;
  const said = [...groups].map(([name, rows]) => {
    const cells = rows.flatMap((row) =>
      measures.map(
        (measure) =>
          `${heads[1] === undefined ? measure.label : nameOf(row[heads[1].at])} ${written(chart, row[measure.at], measure)}`,
      ),
    );
    return `${headOf(chart, name, heads[0]!, times)}: ${cells.slice(0, 6).join(', ')}${cells.length > 6 ? ' …' : ''}.`;
  });
  return [count, ...(said.length > 3 ? [said[0]!, said.at(-1)!] : said)];
}

function rangeOf(chart: Chart, column: KnownColumn): string {
  const numbers = chart.table.rows.flatMap((row) => numberOf(row[column.at]) ?? []).sort((a, b) => a - b);
  const write = (value: number | undefined) => formatValue(value, column.unit, { currency: column.currency, compact: true });
  return `${column.label}: ${numbers.length} values from ${write(numbers[0])} to ${write(numbers.at(-1))}, half of them below ${write(numbers[Math.floor(numbers.length / 2)])}.`;
}

function written(chart: Chart, cell: Cell | undefined, column: KnownColumn): string {
  const value = numberOf(cell);
  if (value === undefined) return 'no data';
  const all = chart.table.rows.map((row) => numberOf(row[column.at]));
  return valueWriter(all, column.unit, { currency: column.currency, compact: true })(value);
}

function sizeOf(chart: Unworded): string {
  return `It shows ${chart.table.rows.length} rows`;
}

function sentence(text: string): string {
  return /[.?!]$/u.test(text) ? text : `${text}.`;
}

/** Cut after the last whole statement. */
function cut(text: string, most: number): string {
  const head = text.slice(0, most);
  const end = Math.max(head.lastIndexOf(', '), head.lastIndexOf('. ') + 1);
  return end < most / 2 ? `${head.slice(0, head.lastIndexOf(' '))} …` : `${head.slice(0, end).replace(/[,.]$/u, '')}.`;
}
