import type { Metric } from '../glossary/glossary-schema.ts';
import type { FunnelReading } from '../glossary/reading.ts';
import type { ComposeContext } from './compose.ts';
import { layersOf } from './counted-layers.ts';
import { dimensionPath, EVENTS, SESSIONS, sessionPath } from './dimension-sql.ts';
import type { Draft, DraftNote } from './draft.ts';
import type { Component } from './formula.ts';
import type { Frame, Side } from './frame.ts';
import { funnelColumns, funnelRows } from './funnel-rows.ts';
import { inOrderText } from './in-order-sql.ts';
import { periodNotes } from './notes.ts';
import { type Periods, resolvePeriods } from './periods.ts';
import { allFilters, type NotComposable } from './reach-check.ts';
import { planScans } from './scan-plan.ts';
import { scanText } from './scan-sql.ts';
import { withText } from './sql-text.ts';

/**
 * A funnel Reading → one row per step (and group): sessions that reached it, of the first and of the step before. Open: each
 * step for itself, from the flags of `sessions`. In order: one after the other within the window, from `events`.
 */
export function composeFunnel(reading: FunnelReading, context: ComposeContext): Draft | NotComposable {
  const periods = resolvePeriods(reading, context);
  if (periods.kind !== 'periods') return periods;
  const fault = faultOf(reading, context);
  if (fault) return fault;
  const frame = frameOf(reading, periods, context);
  const components = reading.steps.map((id, index) => stepComponent(id, index + 1, context));
  const layers = layersOf({ frame, components }, (names) =>
    frame.sides.flatMap((side) =>
      reading.order === 'in_order'
        ? [inOrderText(reading, side, frame, names)]
        : planScans(components).map((scan) => scanText(scan, side, frame, names)),
    ),
  );
  return {
    reading,
    sql: withText(layers, funnelRows(reading, frame)),
    columns: funnelColumns(frame, periods.beforeLabel),
    period: periods.now,
    ...(periods.before ? { before: periods.before } : {}),
    asides: [],
    notes: [...periodNotes(reading, periods), orderNote(reading)],
  };
}

function frameOf(reading: FunnelReading, periods: Periods, context: ComposeContext): Frame {
  const { glossary, zone, currency, firstDay, lastDay, newestEventTime } = context;
  const side = (suffix: Side['suffix'], period: Side['period']): Side => ({ suffix, period, filters: reading.filters, shift: 0 });
  return {
    glossary,
    zone,
    currency,
    firstDay,
    lastDay,
    newestEventTime,
    dimensions: reading.by ? [reading.by] : [],
    timeName: '',
    segments: reading.segments ?? [],
    bots: reading.bots,
    shopCurrencyOnly: false,
    lookback: 0,
    sides: [side('', periods.now), ...(periods.before ? [side('_before', periods.before)] : [])],
    sideRows: false,
    bySession: reading.order === 'in_order',
  };
}

/** A step as a measure of `sessions`, so that it is counted as every other number is. */
function stepComponent(id: string, number: number, { glossary }: ComposeContext): Component {
  const step = glossary.steps[id]!;
  const where = step.session === 'true' ? {} : { where: step.session };
  const metric: Metric = {
    label: step.label,
    synonyms: [],
    unit: 'count',
    better: 'up',
    definition: step.label,
    additive: true,
    variants: [],
    hidden: true,
  };
  const measure = { table: SESSIONS, value: 'count(*)', ...where };
  return { name: `step_${number}`, metricId: id, metric, measure, ofCurrency: false, allCurrencies: false };
}

function faultOf(reading: FunnelReading, { glossary }: ComposeContext): NotComposable | undefined {
  const closed = reading.order === 'in_order';
  const path = closed ? sessionPath : dimensionPath;
  const table = closed ? EVENTS : SESSIONS;
  const asked = [...(reading.by ? [reading.by] : []), ...allFilters(reading).map(({ dimension }) => dimension)];
  const lost = asked.find((id) => !path(glossary.dimensions[id]!, table, glossary));
  if (lost) {
    const facts = {
      metric: 'funnel',
      metric_label: 'funnel',
      table,
      dimension: lost,
      dimension_label: glossary.dimensions[lost]!.label,
    };
    return { kind: 'not_composable', code: 'dimension_out_of_reach', facts };
  }
  const twice = closed ? reading.steps.find((id, index) => reading.steps.indexOf(id) !== index) : undefined;
  return twice
    ? { kind: 'not_composable', code: 'step_twice', facts: { step: twice, label: glossary.steps[twice]!.label } }
    : undefined;
}

function orderNote({ order, windowMinutes }: FunnelReading): DraftNote {
  if (order === 'any') return { code: 'funnel_open', facts: {} };
  return { code: 'funnel_in_order', facts: windowMinutes === undefined ? {} : { window_minutes: windowMinutes } };
}
