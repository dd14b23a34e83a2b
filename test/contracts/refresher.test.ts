import { openDuckdbRefresher } from '../../src/local/duckdb-refresher.ts';
import { refresherContract } from './refresher-contract.ts';

refresherContract('The local refresh', async (rawDir, work) => {
  const clock = { now: () => new Date().toISOString() };
  const settings = { zone: 'Europe/Berlin', currency: 'EUR', aliases: {}, codeVersion: 'test' };
  return { refresher: openDuckdbRefresher({ rawDir, dataDir: work, ...settings, clock }), close: async () => {} };
});
