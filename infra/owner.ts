import { SettingsFault } from './settings-fault.ts';

/** What only the owner of the account knows and no file should hold; each is given as `-c name=value`. */
export interface Owner {
  /** `-c alarmEmail=`: gets alarms and the budget's warnings. Undefined: alarms are seen in the console only. */
  readonly alarmEmail: string | undefined;
  /** `-c dashboardsFor=`: ARN of the QuickSight user or group that owns the dashboards. Undefined: no dashboards. */
  readonly dashboardsFor: string | undefined;
  /** `-c rawEraser=`: ARN of the one role that may delete raw files (erasure by law). Undefined: nobody may. */
  readonly rawEraser: string | undefined;
}

/** Reads the owner's values; throws a SettingsFault that names the value and its form. */
export function readOwner(contextOf: (name: string) => unknown): Owner {
  return {
    alarmEmail: read(contextOf, 'alarmEmail', /^[^@\s]+@[^@\s]+$/, 'an address such as you@shop.example'),
    dashboardsFor: read(
      contextOf,
      'dashboardsFor',
      /^arn:[a-z-]+:quicksight:[a-z0-9-]+:\d{12}:(user|group)\/.+$/,
      'the ARN of a QuickSight user or group (aws quicksight list-users shows it)',
    ),
    rawEraser: read(contextOf, 'rawEraser', /^arn:[a-z-]+:iam::\d{12}:role\/.+$/, 'the ARN of a role'),
  };
}

function read(contextOf: (name: string) => unknown, name: string, form: RegExp, words: string): string | undefined {
  const value = contextOf(name);
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && form.test(value)) return value;
  throw new SettingsFault(`-c ${name}=${String(value)} is not ${words}.`);
}
