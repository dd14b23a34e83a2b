import { describe, expect, test } from '@jest/globals';
import { parameterName as declaredName, filteredDimensions, parameters } from '../../infra/dashboards/parameters.ts';
import { dashboardDimensions, dayParameters, parameterName } from '../../src/aws/dashboard-parameters.ts';
import { openQuicksightDashboards } from '../../src/aws/quicksight-dashboards.ts';

const dashboards = openQuicksightDashboards({ region: 'eu-central-1', dashboardId: 'askstream-shop' });
const days = { from: '2026-11-01', to: '2026-11-23' };

describe('a link to the dashboards', () => {
  test('opens with the days and filters of the question', () => {
    const only = [
      { dimension: 'country', values: ['DE', 'FR'] },
      { dimension: 'page_type', values: ['product'] },
    ];
    expect(dashboards.linkTo({ ...days, only })).toBe(
      'https://eu-central-1.quicksight.aws.amazon.com/sn/dashboards/askstream-shop#p.from=2026-11-01%2000%3A00&p.to=2026-11-23%2000%3A00&p.country=DE&p.country=FR&p.pageType=product',
    );
  });

  test('carries any value to where it came from, and nothing that ends a link in a message', () => {
    const values = [`a&b=c#d|e>f "g" (h) 'i' %00 größe`];
    const link = dashboards.linkTo({ ...days, only: [{ dimension: 'product', values }] })!;
    expect(link).not.toMatch(/[\s"'<>|()]/);
    expect(new URLSearchParams(new URL(link).hash.slice(1)).get('p.product')).toBe(values[0]);
  });

  test('is none where the dashboards can’t be narrowed like the question, or it would be too long', () => {
    expect(dashboards.linkTo({ ...days, only: [{ dimension: 'weekday', values: ['1'] }] })).toBeUndefined();
    expect(dashboards.linkTo({ ...days, only: [{ dimension: 'product', values: ['x'.repeat(3000)] }] })).toBeUndefined();
    expect(dashboards.linkTo({ ...days, only: [{ dimension: 'product', values: [] }] })).toBeUndefined();
  });

  test('uses only parameters that the dashboards declare, by the same rule of names', () => {
    expect([...dayParameters, ...dashboardDimensions.map(parameterName)].filter((name) => !parameters.includes(name))).toEqual(
      [],
    );
    expect(dashboardDimensions.map(parameterName)).toEqual(dashboardDimensions.map(declaredName));
    expect(filteredDimensions.filter((dimension) => !dashboardDimensions.includes(dimension))).toEqual([]);
  });
});
