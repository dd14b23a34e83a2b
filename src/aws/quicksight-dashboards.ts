import type { Dashboards, DashboardView } from '../services/dashboards.ts';
import { dashboardDimensions, parameterName } from './dashboard-parameters.ts';

/** Longer addresses are cut by mail programs and some browsers. */
const LONGEST_ADDRESS = 2000;

/**
 * QuickSight's dashboards by plain links: who opens one signs in as usual, and the filters stand behind the `#`, which never
 * leaves the browser. Never an embed address: whoever clicked it first would be the person it was made for.
 */
export function openQuicksightDashboards({ region, dashboardId }: { region: string; dashboardId: string }): Dashboards {
  const page = `https://${region}.quicksight.aws.amazon.com/sn/dashboards/${encodeURIComponent(dashboardId)}`;
  return {
    linkTo(view) {
      if (view.only.some(({ dimension, values }) => !dashboardDimensions.includes(dimension) || values.length === 0))
        return undefined;
      const address = `${page}#${parametersOf(view).join('&')}`;
      return address.length > LONGEST_ADDRESS ? undefined : address;
    },
  };
}

/** Several values repeat the parameter; a day is its first minute, in UTC as the data sets hold it. */
function parametersOf({ from, to, only }: DashboardView): string[] {
  return [
    `p.from=${encoded(`${from} 00:00`)}`,
    `p.to=${encoded(`${to} 00:00`)}`,
    ...only.flatMap(({ dimension, values }) => values.map((value) => `p.${parameterName(dimension)}=${encoded(value)}`)),
  ];
}

/** Quotes and brackets too: a link in a message ends at them. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
