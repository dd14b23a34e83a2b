import type { CfnDashboard } from 'aws-cdk-lib/aws-quicksight';
import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { cubes } from './cubes.ts';
import { controlsOf, filterGroups, parameterDeclarations } from './narrowing.ts';
import { pictureOf } from './pictures.ts';
import { ratesOf } from './rates.ts';
import { type Picture, type Sheet, sheets } from './sheets.ts';

/** What the definition needs. */
export interface DefinitionProps {
  readonly glossary: Glossary;
  /** The shop's currency. */
  readonly currency: string;
  /** Name of a data set → its ARN. */
  readonly arns: Readonly<Record<string, string>>;
}

/** The whole dashboard: ten sheets over one set of parameters. */
export function dashboardDefinition({
  glossary,
  currency,
  arns,
}: DefinitionProps): CfnDashboard.DashboardVersionDefinitionProperty {
  return {
    dataSetIdentifierDeclarations: Object.entries(arns).map(([identifier, dataSetArn]) => ({ identifier, dataSetArn })),
    parameterDeclarations: parameterDeclarations(currency),
    calculatedFields: ratesOf(glossary).map(({ set, id, expression }) => ({ dataSetIdentifier: set, name: id, expression })),
    filterGroups: filterGroups([...cubes.map((c) => c.id), 'runs', 'rejected']),
    sheets: sheets.map((sheet) => sheetOf(sheet, glossary)),
  };
}

function sheetOf(sheet: Sheet, glossary: Glossary): CfnDashboard.SheetDefinitionProperty {
  const visualId = (i: number) => `${sheet.id}-${i + 1}`;
  return {
    sheetId: sheet.id,
    name: sheet.name,
    contentType: 'INTERACTIVE',
    parameterControls: controlsOf(sheet, glossary),
    visuals: sheet.pictures.map((picture, i) => pictureOf(picture, visualId(i), glossary)),
    layouts: [{ configuration: { gridLayout: { elements: gridOf(sheet.pictures, visualId) } } }],
  };
}

const gridColumns = 36;

/** Numbers stand three in a row, charts two, a table alone. */
function gridOf(pictures: readonly Picture[], visualId: (i: number) => string): CfnDashboard.GridLayoutElementProperty[] {
  let [column, row, height] = [0, 0, 0];
  return pictures.map(({ kind }, i) => {
    const [columnSpan, rowSpan] = kind === 'number' ? [12, 6] : kind === 'table' ? [gridColumns, 12] : [18, 12];
    if (column + columnSpan > gridColumns || (height && height !== rowSpan)) [column, row, height] = [0, row + height, 0];
    const place = { elementId: visualId(i), elementType: 'VISUAL', columnIndex: column, rowIndex: row, columnSpan, rowSpan };
    [column, height] = [column + columnSpan, rowSpan];
    return place;
  });
}
