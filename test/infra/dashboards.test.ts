import { describe, expect, test } from '@jest/globals';
import { cubeSql } from '../../infra/dashboards/cube-sql.ts';
import { type Cube, cubes } from '../../infra/dashboards/cubes.ts';
import { dashboardDefinition } from '../../infra/dashboards/definition.ts';
import { filteredDimensions, parameterName, parameters } from '../../infra/dashboards/parameters.ts';
import { ratesOf } from '../../infra/dashboards/rates.ts';
import { sheets } from '../../infra/dashboards/sheets.ts';
import { toldSets } from '../../infra/dashboards/told-sql.ts';
import { readVocabulary } from '../../infra/vocabulary.ts';
import { houseCatalog } from '../../src/answer/house-catalog.ts';
import { checkSql } from '../../src/sql/guard.ts';

const glossary = readVocabulary();
const told = toldSets(glossary, 'Europe/Berlin');
const cube = (change: Partial<Cube>): Cube => ({
  id: 'c',
  table: 'sessions',
  dimensions: ['device'],
  metrics: ['sessions'],
  ...change,
});

describe('a cube', () => {
  test('counts by the glossary’s own formulas, people only, and a bounded number of days', () => {
    expect(cubeSql(cube({ metrics: ['sessions', 'sessions_with_order'] }), glossary, 'UTC')).toBe(
      [
        "SELECT date_parse(dt, '%Y-%m-%d') AS day,",
        "  coalesce(CAST(device_category AS varchar), 'unknown') AS device,",
        '  count(*) AS sessions,',
        '  count(*) FILTER (WHERE (purchased)) AS sessions_with_order',
        'FROM shop.sessions',
        "WHERE dt >= date_format(current_date - INTERVAL '400' DAY, '%Y-%m-%d')",
        '  AND NOT is_bot',
        'GROUP BY 1, 2',
      ].join('\n'),
    );
  });

  test('leaves out the orders of bots, which have no mark of their own', () => {
    expect(cubeSql(cube({ table: 'orders', metrics: ['orders'] }), glossary, 'UTC')).toContain(
      "coalesce(session_id, '') NOT IN (SELECT session_id FROM shop.sessions WHERE is_bot AND dt >=",
    );
  });

  test.each([
    ['users', 'a count of distinct things'],
    ['conversion_rate', 'a rate'],
    ['page_views', 'a metric of another table'],
    ['abandoned_carts', 'a metric that looks at later days'],
  ])('refuses %s: %s does not add up', (metric) => {
    expect(() => cubeSql(cube({ metrics: [metric] }), glossary, 'UTC')).toThrow(
      `The data set c asks for ${metric}, which is no plain sum over sessions`,
    );
  });

  test('refuses a dimension that the table has no column for', () => {
    expect(() => cubeSql(cube({ dimensions: ['brand'] }), glossary, 'UTC')).toThrow(
      'The data set c asks for brand, which has no column in sessions',
    );
  });

  test('keeps money of each currency apart', () => {
    const isMoney = (metric: string) => glossary.metrics[metric]?.unit === 'money';
    expect(cubes.filter((c) => c.metrics.some(isMoney) && !c.dimensions.includes('currency'))).toEqual([]);
  });
});

describe('the SQL of every data set', () => {
  const all = [...cubes.map((c) => ({ id: c.id, sql: cubeSql(c, glossary, 'Europe/Berlin') })), ...told];
  test.each(all.map(({ id, sql }) => [id, sql] as const))('passes the guard of the house: %s', (_, sql) => {
    expect(checkSql(sql, houseCatalog(glossary))).toMatchObject({ ok: true });
  });
});

describe('the dashboard', () => {
  const columns = new Map<string, ReadonlySet<string>>([
    ...cubes.map(
      (c) =>
        [
          c.id,
          new Set([
            'day',
            ...c.dimensions,
            ...c.metrics,
            ...ratesOf(glossary)
              .filter((r) => r.set === c.id)
              .map((r) => r.id),
          ]),
        ] as const,
    ),
    ...told.map(
      (t) =>
        [
          t.id,
          new Set([
            ...Object.keys(t.columns),
            ...ratesOf(glossary)
              .filter((r) => r.set === t.id)
              .map((r) => r.id),
          ]),
        ] as const,
    ),
  ]);
  const arns = Object.fromEntries([...columns.keys()].map((id) => [id, `arn:${id}`]));
  const definition = JSON.parse(JSON.stringify(dashboardDefinition({ glossary, currency: 'EUR', arns })));

  test('has the ten sheets', () => {
    expect(sheets.map((s) => s.name)).toEqual([
      'Overview',
      'Conversion',
      'Acquisition',
      'Geography',
      'Devices',
      'Products',
      'Search',
      'Pain',
      'Retention',
      'Data health',
    ]);
  });

  test('shows nothing that its data sets do not hold', () => {
    const lost = sheets.flatMap((s) =>
      s.pictures.flatMap((p) =>
        [...p.values, ...(p.by ?? []), 'day'].filter((c) => !columns.get(p.set)?.has(c)).map((c) => `${s.id}: ${p.set}.${c}`),
      ),
    );
    expect(lost).toEqual([]);
  });

  test('declares every parameter that a link may set, in QuickSight’s letters, and filters by each', () => {
    const declared = definition.parameterDeclarations.map((d: Record<string, { name: string }>) => Object.values(d)[0]!.name);
    expect(declared.toSorted()).toEqual([...parameters].toSorted());
    expect(parameters.filter((name) => !/^[a-zA-Z0-9]+$/.test(name))).toEqual([]);
    expect(new Set(parameters).size).toBe(parameters.length);
    const filters = JSON.stringify(definition.filterGroups);
    for (const dimension of filteredDimensions) expect(filters).toContain(`"parameterName":"${parameterName(dimension)}"`);
    for (const name of ['from', 'to']) expect(filters).toContain(`{"parameter":"${name}"}`);
  });

  test('is narrowed by dimensions of the glossary only', () => {
    expect(filteredDimensions.filter((id) => !(id in glossary.dimensions))).toEqual([]);
    expect(parameterName('search_term')).toBe('searchTerm');
  });

  test('filters every set that has the column, so that no picture of a sheet tells another story', () => {
    const filtered = definition.filterGroups.map((g: { filterGroupId: string }) => g.filterGroupId);
    for (const c of cubes) for (const d of [...c.dimensions, 'days']) expect(filtered).toContain(`${d}-of-${c.id}`);
  });

  test('names each thing once, and lays no picture over another', () => {
    const ids = definition.sheets.flatMap((s: { visuals: Record<string, { visualId: string }>[] }) =>
      s.visuals.map((v) => Object.values(v)[0]!.visualId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const sheet of definition.sheets) {
      const cells = sheet.layouts[0].configuration.gridLayout.elements.flatMap(cellsOf);
      expect(new Set(cells).size).toBe(cells.length);
    }
  });
});

interface Place {
  readonly columnIndex: number;
  readonly rowIndex: number;
  readonly columnSpan: number;
  readonly rowSpan: number;
}

function cellsOf({ columnIndex, rowIndex, columnSpan, rowSpan }: Place): string[] {
  return Array.from(
    { length: columnSpan * rowSpan },
    (_, i) => `${columnIndex + (i % columnSpan)},${rowIndex + Math.floor(i / columnSpan)}`,
  );
}
