import { aggregateFunctions } from './trino/functions/aggregate-functions.ts';
import { knownFunctions } from './trino/functions/known-functions.ts';
import { scalarFunctions } from './trino/functions/scalar-functions.ts';
import { windowFunctions } from './trino/functions/window-functions.ts';

/** Functions that a form of syntax or the binder itself answers. */
const ELSEWHERE = new Set(['concat', 'now', 'current_date', 'typeof', 'if', 'coalesce', 'nullif', 'try', 'exclude_columns']);

/** Names of Trino's functions that work on Athena and are refused by name on the local engine. */
export function refusedFunctions(): readonly string[] {
  const known = (name: string) =>
    scalarFunctions.has(name) || aggregateFunctions.has(name) || windowFunctions.has(name) || ELSEWHERE.has(name);
  return [...knownFunctions].filter((name) => !known(name)).sort();
}

/** Constructs besides functions that are refused by name. */
export const refusedConstructs: readonly string[] = [
  'EXPLAIN (its plan would be another engine’s), SHOW and DESCRIBE other than of tables, databases and columns',
  'MATCH_RECOGNIZE and row pattern recognition in windows',
  'JSON_TABLE and table functions, PASSING and filters or methods in SQL/JSON paths',
  'TABLESAMPLE, FOR … AS OF, views',
  'GROUP BY DISTINCT, WITH RECURSIVE with UNION DISTINCT, FETCH … WITH TIES together with OFFSET',
  'LEFT JOIN UNNEST with a condition other than true, FULL JOIN on an inequality',
  'scalar subqueries of several columns, quantified comparisons of rows, subqueries inside a lambda, subqueries over a grouped query that read more than plain group keys',
  'timestamp and time with more than 6 digits, time with time zone, years before 0 or after 9999',
  'grouping, DISTINCT or joins by timestamps whose time zones differ from row to row',
  'LIKE … ESCAPE with a pattern that is not a literal, date units that are not literals',
  'regular expressions with possessive quantifiers, atomic groups, set operations in classes, \\h, \\G',
  'reading days of the week or zone names by a date pattern; %c, %g, %h, %t in format()',
  'types ipaddress, HyperLogLog, digests, spherical geography; LISTAGG … ON OVERFLOW TRUNCATE',
  'ordering arrays or rows that hold NULL, and their extremes',
  'correlated UNION, EXCEPT and INTERSECT, also where Trino can drop a side that is empty',
];

/** The page `docs/local-engine.md`. */
export function refusedPage(): string {
  const functions = refusedFunctions();
  return `# What the local engine refuses

The local engine answers Athena SQL as Athena does, or refuses it by name and says so: "works on Athena, not on the local engine".
This page is generated from its tables (\`UPDATE_DOCS=1\` with the test \`test/local/refused-constructs.test.ts\`).

## How values come back

Numbers as numbers (decimals too); integers beyond 2^53 as texts; NaN and the infinities as the texts \`NaN\`, \`Infinity\`, \`-Infinity\`;
bytes as hexadecimal pairs with blanks between; dates, times, intervals and JSON as Trino's texts; maps and rows as objects, rows without
names with \`field0\`, \`field1\`; keys of maps that are arrays, rows or maps as the texts \`[a, b]\` and \`{a=1}\`. \`approx_distinct\` is exact here, \`approx_percentile\` takes the element that Trino takes for small groups.
The bytes of a query are those of the columns it uses in the files within its partition bounds, the same before and after it ran.

## Constructs

${refusedConstructs.map((construct) => `- ${construct}`).join('\n')}

## Functions (${functions.length} of ${knownFunctions.size})

${functions.map((name) => `\`${name}\``).join(', ')}
`;
}
