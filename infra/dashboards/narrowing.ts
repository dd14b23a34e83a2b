import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { cubes } from './cubes.ts';
import { filteredDimensions, parameterName } from './parameters.ts';
import { labelOf } from './pictures.ts';
import type { Sheet } from './sheets.ts';

/** The parameters: the last 28 whole days, everything, in the shop's currency, until a link or a person says otherwise. */
export function parameterDeclarations(currency: string): CfnDashboard.ParameterDeclarationProperty[] {
  const day = (name: string, expression: string): CfnDashboard.ParameterDeclarationProperty => ({
    dateTimeParameterDeclaration: { name, timeGranularity: 'DAY', defaultValues: { rollingDate: { expression } } },
  });
  return [
    day('from', "addDateTime(-28, 'DD', truncDate('DD', now()))"),
    day('to', "addDateTime(-1, 'DD', truncDate('DD', now()))"),
    ...filteredDimensions.map((dimension) => ({
      stringParameterDeclaration: {
        name: parameterName(dimension),
        parameterValueType: 'MULTI_VALUED',
        defaultValues: { staticValues: dimension === 'currency' ? [currency] : [] },
        valueWhenUnset: { valueWhenUnsetOption: 'RECOMMENDED_VALUE' },
      },
    })),
  ];
}

/** Each data set is narrowed by the parameters whose columns it has, on every sheet. */
export function filterGroups(daySets: readonly string[]): CfnDashboard.FilterGroupProperty[] {
  const group = (id: string, filter: CfnDashboard.FilterProperty): CfnDashboard.FilterGroupProperty => ({
    filterGroupId: id,
    filters: [filter],
    crossDataset: 'SINGLE_DATASET',
    scopeConfiguration: { allSheets: {} },
    status: 'ENABLED',
  });
  const days = daySets.map((set) =>
    group(`days-of-${set}`, {
      timeRangeFilter: {
        filterId: `${set}-day`,
        column: { dataSetIdentifier: set, columnName: 'day' },
        nullOption: 'NON_NULLS_ONLY',
        includeMinimum: true,
        includeMaximum: true,
        timeGranularity: 'DAY',
        rangeMinimumValue: { parameter: 'from' },
        rangeMaximumValue: { parameter: 'to' },
      },
    }),
  );
  const rest = cubes.flatMap(({ id, dimensions }) =>
    dimensions.map((dimension) =>
      group(`${dimension}-of-${id}`, {
        categoryFilter: {
          filterId: `${id}-${dimension}`,
          column: { dataSetIdentifier: id, columnName: dimension },
          configuration: {
            customFilterConfiguration: {
              matchOperator: 'EQUALS',
              parameterName: parameterName(dimension),
              nullOption: 'ALL_VALUES',
            },
          },
        },
      }),
    ),
  );
  return [...days, ...rest];
}

/** Pickers of a sheet: the days, and each dimension that narrows something on it. */
export function controlsOf({ id, pictures }: Sheet, glossary: Glossary): CfnDashboard.ParameterControlProperty[] {
  const day = (name: string, title: string): CfnDashboard.ParameterControlProperty => ({
    dateTimePicker: { parameterControlId: `${id}-${name}-picker`, sourceParameterName: name, title },
  });
  const shown = cubes.filter((cube) => pictures.some((p) => p.set === cube.id));
  const first = new Map(shown.toReversed().flatMap((cube) => cube.dimensions.map((d) => [d, cube.id])));
  return [
    day('from', 'From'),
    day('to', 'To'),
    ...filteredDimensions
      .filter((d) => first.has(d))
      .map((dimension) => ({
        dropdown: {
          parameterControlId: `${id}-${parameterName(dimension)}-picker`,
          sourceParameterName: parameterName(dimension),
          title: labelOf(dimension, glossary),
          type: 'MULTI_SELECT',
          selectableValues: { linkToDataSetColumn: { dataSetIdentifier: first.get(dimension)!, columnName: dimension } },
        },
      })),
  ];
}
