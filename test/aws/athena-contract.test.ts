import { openAthenaWarehouse } from '../../src/aws/athena-warehouse.ts';
import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import { openGuard } from '../../src/sql/open-guard.ts';
import { localEngine } from '../box/engines/local-engine.ts';
import { openAthenaServer } from '../box/servers/athena-server.ts';
import { smallCatalog } from '../contracts/small-tables.ts';
import { warehouseContract } from '../contracts/warehouse-contract.ts';
import { athenaClient } from './athena-client.ts';

warehouseContract('Athena on its wire', async ({ dataDir, snapshot }) => {
  const clock = { now: () => new Date().toISOString() };
  const guard = openGuard();
  const engine = openDuckdbWarehouse({ dataDir, catalog: smallCatalog, clock });
  const server = await openAthenaServer({ engine: localEngine(guard, engine, smallCatalog), workgroup: 'ask' });
  const warehouse = openAthenaWarehouse({
    client: athenaClient(server.endpoint),
    workgroup: 'ask',
    database: 'shop',
    catalog: 'AwsDataCatalog',
    snapshotStats: async () => snapshot,
    pollMs: 5,
  });
  const close = async () => {
    await warehouse.close();
    await server.close();
    await engine.close();
    await guard.close();
  };
  return { warehouse, close };
});
