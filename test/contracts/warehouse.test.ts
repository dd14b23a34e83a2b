import { openDuckdbWarehouse } from '../../src/local/duckdb-warehouse.ts';
import { smallCatalog } from './small-tables.ts';
import { warehouseContract } from './warehouse-contract.ts';

warehouseContract('The local engine', async ({ dataDir }) => {
  const clock = { now: () => new Date().toISOString() };
  const warehouse = openDuckdbWarehouse({ dataDir, catalog: smallCatalog, clock });
  return { warehouse, close: () => warehouse.close() };
});
