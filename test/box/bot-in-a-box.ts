import { readConfig } from '../../src/config.ts';
import { openHouse } from '../../src/open-house.ts';
import { openSlackApp } from '../../src/slack/app.ts';

/** The bot as a process of its own, to be killed: the box in its environment, the simulated Slack by its arguments. Prints where Slack's events go. */
const [slackApiUrl = '', signingSecret = '', botToken = ''] = process.argv.slice(2);
const clock = { now: () => new Date().toISOString() };
const report = (fault: unknown, what: string) => {
  console.error(what, fault);
  return 'AS-TEST1';
};
const house = openHouse(readConfig(), { clock, report });
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const app = await openSlackApp({
  botToken,
  slackApiUrl,
  transport: { kind: 'http', signingSecret, port: 0, host: '127.0.0.1' },
  line: house.line,
  memory: house.memory!,
  refresher: house.refresher,
  clock,
  zone: house.config.SHOP_TIME_ZONE,
  engineers: [],
  editors: [],
  engine: 'Athena',
  log: silent,
  report,
  sole: false,
  // A process that is silent for three heartbeats loses its jobs to the next.
  patience: { plan: 60_000, heartbeat: 200, sweep: 200 },
});
console.log(app.eventsUrl);
