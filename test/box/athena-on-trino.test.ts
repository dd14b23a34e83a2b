import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openAthenaWarehouse } from '../../src/aws/athena-warehouse.ts';
import { athenaClient } from '../aws/athena-client.ts';
import { warehouseContract } from '../contracts/warehouse-contract.ts';
import { startTrino, type Trino } from '../engines/start-trino.ts';
import { copyTables } from './engines/copy-tables.ts';
import { layTables, readOnlyRules } from './engines/lay-tables.ts';
import { trinoEngine } from './engines/trino-engine.ts';
import { openAthenaServer } from './servers/athena-server.ts';

const found = await startTrino({ rules: readOnlyRules });

if (typeof found === 'string') test.skip(`Athena on a real Trino: skipped, ${found}`, () => {});
else suite(found);

function suite(trino: Trino): void {
  afterAll(() => trino.stop());

  warehouseContract('Athena on a real Trino', async ({ dataDir, snapshot }) => {
    copyTables(dataDir, join(trino.data, 'tables'));
    await layTables({ url: trino.url, folder: 'tables', database: 'shop', snapshot });
    const server = await openAthenaServer({ engine: trinoEngine(trino.url, 'bot'), workgroup: 'ask' });
    const warehouse = openAthenaWarehouse({
      client: athenaClient(server.endpoint),
      workgroup: 'ask',
      database: 'shop',
      catalog: 'AwsDataCatalog',
      snapshotStats: async () => snapshot,
      pollMs: 20,
    });
    const close = async () => {
      await warehouse.close();
      await server.close();
    };
    return { warehouse, close };
  });

  describe('a statement that went around the guard', () => {
    test.each([
      'CREATE TABLE shop.stolen AS SELECT * FROM shop.visits',
      "INSERT INTO shop.visits VALUES (1, 'x', 1.0, NULL, false, 'x', '2026-11-22')",
      'DELETE FROM shop.visits',
      'DROP TABLE shop.visits',
      'CREATE SCHEMA awsdatacatalog.mine',
      'ALTER TABLE shop.visits ADD COLUMN x varchar',
      'CREATE OR REPLACE VIEW shop.v AS SELECT 1 AS x',
      "CALL awsdatacatalog.system.sync_partition_metadata('shop', 'visits', 'FULL')",
    ])('is refused by the engine’s own rules: %s', async (text) => {
      const answer = await trinoEngine(trino.url, 'bot')(text, 'shop', new AbortController().signal);
      expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringContaining('PERMISSION_DENIED') });
    });

    test('while the same user may read', async () => {
      const answer = await trinoEngine(trino.url, 'bot')(
        'SELECT count(*) FROM shop.visits',
        'shop',
        new AbortController().signal,
      );
      expect(answer).toMatchObject({ kind: 'rows', rows: [['4503']] });
    });
  });
}
