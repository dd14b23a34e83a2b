import type { ParserRuleContext } from 'antlr4ng';
import * as tree from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';
import type { Grouping } from './aggregation.ts';
import { isAggregated } from './aggregation.ts';
import { bindName } from './bind-names.ts';
import type { SelectItem } from './bind-specification.ts';
import { ordinalOf } from './bind-tail.ts';
import type { Environment } from './binder.ts';
import { placeOf } from './binder.ts';
import { checkKey } from './comparison.ts';
import type { Expression } from './expression.ts';
import { sameText, some } from './expression.ts';
import { refuse, unsupported } from './refusal.ts';

/** GROUP BY as its keys and, where there are several, its sets of keys; undefined without the clause. */
export function groupingOf(
  context: tree.GroupByContext | null,
  items: readonly SelectItem[],
  environment: Environment,
): Grouping | undefined {
  if (!context) return undefined;
  if (context.setQuantifier() && /^distinct$/i.test(context.setQuantifier()?.getText() ?? ''))
    unsupported('GROUP BY DISTINCT', placeOf(context));
  const keys: Expression[] = [];
  const known = new Map<string, number>();
  const add = (term: ParserRuleContext, plain = false): number => {
    const key = keyOf(term, items, environment);
    if (plain && (key.role?.kind !== 'column' || ordinalOf(term, items.length, 'GROUP BY') !== undefined))
      refuse('INVALID_COLUMN_REFERENCE', `GROUP BY expression must be a column reference: ${term.getText()}`, placeOf(term));
    const text = sameText(key.sql);
    const index = known.get(text) ?? keys.push(key) - 1;
    known.set(text, index);
    return index;
  };
  const elements = context.groupingElement().map((element) => setsOf(element, add));
  const sets = elements.reduce<readonly (readonly number[])[]>(
    (all, element) => all.flatMap((left) => element.map((right) => [...left, ...right])),
    [[]],
  );
  return { keys, sets: sets.map((set) => [...new Set(set)]) };
}

/** The sets of one element: `a` is one, ROLLUP, CUBE and GROUPING SETS are several. */
function setsOf(
  element: ParserRuleContext,
  add: (term: ParserRuleContext, plain?: boolean) => number,
): readonly (readonly number[])[] {
  if (element instanceof tree.SingleGroupingSetContext) return [termsOf(element.groupingSet(), add)];
  const sets = (element as tree.RollupContext).groupingSet().map((set) => termsOf(set, (term) => add(term, true)));
  if (element instanceof tree.MultipleGroupingSetsContext) return sets;
  if (element instanceof tree.RollupContext)
    return Array.from({ length: sets.length + 1 }, (_, dropped) => sets.slice(0, sets.length - dropped).flat());
  const cube = Array.from({ length: 2 ** sets.length }, (_, mask) => sets.filter((_set, index) => mask & (1 << index)).flat());
  return cube.reverse();
}

function termsOf(set: tree.GroupingSetContext, add: (term: ParserRuleContext) => number): number[] {
  return set.groupingTerm().map((term) => add(term));
}

function keyOf(term: ParserRuleContext, items: readonly SelectItem[], environment: Environment): Expression {
  const place = placeOf(term);
  const ordinal = ordinalOf(term, items.length, 'GROUP BY');
  const name = term instanceof tree.GroupingTermContext ? term.columnRef() : null;
  const inner = term instanceof tree.GroupingTermContext ? term.expression() : null;
  const key =
    ordinal !== undefined
      ? (items[ordinal]?.value as Expression)
      : name
        ? bindName(name, environment)
        : environment.statement.expression(inner ?? term, environment);
  if (isAggregated(key) || some(key, (part) => part.role?.kind === 'window')) {
    refuse(
      'EXPRESSION_NOT_SCALAR',
      'GROUP BY clause cannot contain aggregations, window functions or grouping operations',
      place,
    );
  }
  checkKey(key.type, place);
  return key;
}
