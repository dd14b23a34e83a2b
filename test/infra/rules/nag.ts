import { describe, expect, test } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { checkSolutions, wildcards } from '../../../infra/nag.ts';
import type { Templates } from '../synthesize.ts';

/** cdk-nag finds nothing without a reason, and no reason stands idle. */
export function nagRules(made: () => Templates): void {
  describe('cdk-nag', () => {
    test('finds nothing that has no reason', () => {
      const { app } = made();
      const report = checkSolutions(app).validate({ appConstruct: app, templatePaths: [], stackTemplates: [] });
      expect(report.violations.map((v) => [v.ruleName, v.violatingResources.map((r) => r.constructPath)])).toEqual([]);
      expect(report.success).toBe(true);
    });

    test('needs every wildcard that is explained', () => {
      const { app } = made();
      const found = new AwsSolutionsChecks(app)
        .validateScope(app)
        .violations.flatMap((v) => v.violatingResources.map((r) => ({ rule: v.ruleName, path: String(r.constructPath) })));
      const idle = wildcards.filter(
        (w) => !found.some((f) => f.path.startsWith(`${w.of}/`) && w.finding.test(/\[(.*)\]$/.exec(f.rule)?.[1] ?? '')),
      );
      expect(idle.map((w) => w.reason)).toEqual([]);
    });
  });
}
