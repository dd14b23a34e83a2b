import type { Glossary } from '../../src/glossary/glossary-schema.ts';
import { cubes } from './cubes.ts';

/** A rate as QuickSight computes it: a sum over a sum, whatever the picture is broken down by. */
export interface Rate {
  /** Data set that holds both sums. */
  readonly set: string;
  /** The glossary's name of it. */
  readonly id: string;
  /** In QuickSight's language. */
  readonly expression: string;
}

/** All ratios of the glossary whose two sums stand in one cube; and the share of users who came back. */
export function ratesOf(glossary: Glossary): readonly Rate[] {
  const rates = cubes.flatMap(({ id: set, metrics }) =>
    Object.entries(glossary.metrics).flatMap(([id, { ratio }]) =>
      ratio && metrics.includes(ratio.of) && metrics.includes(ratio.over)
        ? [{ set, id, expression: over(ratio.of, ratio.over) }]
        : [],
    ),
  );
  return [...rates, { set: 'retention', id: 'retention_rate', expression: over('users', 'cohort_users') }];
}

function over(of: string, whole: string): string {
  return `sum({${of}}) / sum({${whole}})`;
}
