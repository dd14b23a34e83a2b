import { QuickSightClient } from '@aws-sdk/client-quicksight';
import { afterEach, expect, test } from '@jest/globals';
import { openDataSets } from '../../src/aws/data-sets.ts';
import { openWireServer, WireError } from '../box/servers/wire-server.ts';

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

test('every data set is filled anew once a run; one that can’t be is told to the log and stops nothing', async () => {
  const asked: string[] = [];
  const server = await openWireServer(({ method, path }) => {
    const place = `${method} ${path}`;
    if (asked.includes(place)) throw new WireError('ResourceExistsException', 'it exists', 409);
    asked.push(place);
    if (path.includes('/broken/')) throw new WireError('AccessDeniedException', 'no', 401);
    return { status: 201, json: { IngestionId: 'x', IngestionStatus: 'INITIALIZED' } };
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new QuickSightClient({ endpoint: server.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
  opened.push(
    () => server.close(),
    () => client.destroy(),
  );
  const reports: string[] = [];
  const sets = openDataSets({
    client,
    accountId: '000000000000',
    ids: ['visits', 'broken', 'sales'],
    report: (_, what) => reports.push(what),
  });
  await sets.refill('jr_1');
  expect(asked.toSorted()).toEqual(
    ['broken', 'sales', 'visits'].map((id) => `PUT /accounts/000000000000/data-sets/${id}/ingestions/jr_1`),
  );
  expect(reports).toEqual(["the dashboards' data set broken"]);
  await sets.refill('jr_1');
  expect(asked).toHaveLength(3);
});
