import type { FunctionTable } from '../function-table.ts';
import { FunctionTableBuilder } from '../function-table.ts';
import { arrayFunctions } from './array-functions.ts';
import { arrayLambdas } from './array-lambdas.ts';
import { binaryFunctions } from './binary-functions.ts';
import { bitFunctions } from './bit-functions.ts';
import { charFunctions } from './char-functions.ts';
import { dateFunctions } from './date-functions.ts';
import { dateTextFunctions } from './date-text-functions.ts';
import { jsonFunctions } from './json-functions.ts';
import { mapFunctions } from './map-functions.ts';
import { mathFunctions } from './math-functions.ts';
import { miscFunctions } from './misc-functions.ts';
import { regexFunctions, urlFunctions } from './pattern-functions.ts';
import { sequenceFunctions } from './sequence-functions.ts';
import { statisticFunctions } from './statistic-functions.ts';
import { textFunctions } from './text-functions.ts';
import { vectorFunctions } from './vector-functions.ts';

/** Every scalar function that the local engine computes as Trino does: what is not here is refused. */
export const scalarFunctions: FunctionTable = build();

function build(): FunctionTable {
  const builder = new FunctionTableBuilder();
  for (const add of [
    mathFunctions,
    bitFunctions,
    statisticFunctions,
    textFunctions,
    charFunctions,
    binaryFunctions,
    vectorFunctions,
    urlFunctions,
    regexFunctions,
    jsonFunctions,
    dateFunctions,
    dateTextFunctions,
    arrayFunctions,
    arrayLambdas,
    sequenceFunctions,
    mapFunctions,
    miscFunctions,
  ])
    add(builder);
  return builder.table;
}
