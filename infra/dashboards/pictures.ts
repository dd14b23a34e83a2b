import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { ratesOf } from './rates.ts';
import type { Picture } from './sheets.ts';

/** A picture of the table `sheets` in QuickSight's form. `id` is unique in the dashboard. */
export function pictureOf(picture: Picture, id: string, glossary: Glossary): CfnDashboard.VisualProperty {
  const fields = fieldsOf(picture, id, glossary);
  const shared = { visualId: id, title: { visibility: 'VISIBLE', formatText: { plainText: titleOf(picture, glossary) } } };
  const biggestFirst = [{ fieldSort: { fieldId: fields.values[0]!.id, direction: 'DESC' } }];
  const values = fields.values.map((f) => f.field);
  const by = fields.by.map((f) => f.field);
  switch (picture.kind) {
    case 'number':
      return { kpiVisual: { ...shared, chartConfiguration: { fieldWells: { values, trendGroups: [fields.day] } } } };
    case 'line':
      return {
        lineChartVisual: {
          ...shared,
          chartConfiguration: {
            type: 'LINE',
            fieldWells: { lineChartAggregatedFieldWells: { category: [fields.day], values, colors: by } },
          },
        },
      };
    case 'bars':
      return {
        barChartVisual: {
          ...shared,
          chartConfiguration: {
            orientation: 'HORIZONTAL',
            fieldWells: { barChartAggregatedFieldWells: { category: by, values } },
            ...(by.length
              ? {
                  sortConfiguration: {
                    categorySort: biggestFirst,
                    categoryItemsLimit: { itemsLimit: 15, otherCategories: 'INCLUDE' },
                  },
                }
              : {}),
          },
        },
      };
    case 'table':
      return {
        tableVisual: {
          ...shared,
          chartConfiguration: {
            fieldWells: { tableAggregatedFieldWells: { groupBy: by, values } },
            sortConfiguration: { rowSort: biggestFirst },
          },
        },
      };
    case 'map':
      return {
        filledMapVisual: {
          ...shared,
          chartConfiguration: { fieldWells: { filledMapAggregatedFieldWells: { geospatial: by, values } } },
        },
      };
    case 'heat':
      return {
        heatMapVisual: {
          ...shared,
          chartConfiguration: {
            fieldWells: { heatMapAggregatedFieldWells: { rows: by.slice(0, 1), columns: by.slice(1), values } },
          },
        },
      };
  }
}

/** What a column or rate is called: the glossary's label where it has one. */
export function labelOf(column: string, glossary: Glossary): string {
  const label = glossary.metrics[column]?.label ?? glossary.dimensions[column]?.label ?? column.replaceAll('_', ' ');
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function titleOf({ title, values, by = [] }: Picture, glossary: Glossary): string {
  if (title) return title;
  const what = values.map((v) => labelOf(v, glossary)).join(', ');
  return by.length ? `${what} by ${by.map((b) => labelOf(b, glossary).toLowerCase()).join(', ')}` : what;
}

interface Field<T> {
  readonly id: string;
  readonly field: T;
}

function fieldsOf({ kind, set, values, by = [] }: Picture, id: string, glossary: Glossary) {
  const column = (name: string) => ({ dataSetIdentifier: set, columnName: name });
  const rates = new Map(
    ratesOf(glossary)
      .filter((r) => r.set === set)
      .map((r) => [r.id, r.expression]),
  );
  const byDay = (fieldId: string): CfnDashboard.DimensionFieldProperty => ({
    dateDimensionField: { fieldId, column: column('day'), dateGranularity: kind === 'heat' ? 'WEEK' : 'DAY' },
  });
  return {
    day: byDay(`${id}.day`),
    by: by.map((name): Field<CfnDashboard.DimensionFieldProperty> => {
      const fieldId = `${id}.${name}`;
      if (name === 'day') return { id: fieldId, field: byDay(fieldId) };
      if (name === 'week') return { id: fieldId, field: { numericalDimensionField: { fieldId, column: column(name) } } };
      return { id: fieldId, field: { categoricalDimensionField: { fieldId, column: column(name) } } };
    }),
    values: values.map((name): Field<CfnDashboard.MeasureFieldProperty> => {
      const fieldId = `${id}.${name}`;
      if (!rates.has(name))
        return {
          id: fieldId,
          field: {
            numericalMeasureField: { fieldId, column: column(name), aggregationFunction: { simpleNumericalAggregation: 'SUM' } },
          },
        };
      const isShare = name === 'retention_rate' || glossary.metrics[name]?.unit === 'rate';
      return {
        id: fieldId,
        field: { numericalMeasureField: { fieldId, column: column(name), ...(isShare ? { formatConfiguration: percent } : {}) } },
      };
    }),
  };
}

const percent = {
  formatConfiguration: {
    percentageDisplayFormatConfiguration: { decimalPlacesConfiguration: { decimalPlaces: 1 }, suffix: '%' },
  },
};
