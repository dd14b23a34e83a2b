import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
    const ask = (text: string, user = 'bot') => trinoEngine(trino.url, user)(text, 'shop', new AbortController().signal);
    const files = () => (readdirSync(trino.data, { recursive: true }) as string[]).toSorted();
    let before: readonly string[];
    beforeAll(() => {
      before = files();
      expect(before.length).toBeGreaterThan(3);
    });

    test.each([
      'CREATE TABLE shop.stolen AS SELECT * FROM shop.visits',
      "CREATE TABLE shop.stolen (a varchar) WITH (external_location = 'local:///tables/visits', format = 'PARQUET')",
      "INSERT INTO shop.visits VALUES (1, 'x', 1.0, NULL, false, 'x', '2026-11-22')",
      "UNLOAD (SELECT * FROM shop.visits) TO 's3://elsewhere/' WITH (format = 'PARQUET')",
      'DELETE FROM shop.visits',
      "DELETE FROM shop.visits WHERE dt = '2026-11-22'",
      'TRUNCATE TABLE shop.visits',
      'DROP TABLE shop.visits',
      'DROP SCHEMA shop CASCADE',
      'CREATE SCHEMA awsdatacatalog.mine',
      'ALTER TABLE shop.visits ADD COLUMN x varchar',
      'ALTER TABLE shop.visits RENAME TO shop.gone',
      'COMMENT ON TABLE shop.visits IS NULL',
      'MSCK REPAIR TABLE shop.visits',
      'CREATE OR REPLACE VIEW shop.v AS SELECT 1 AS x',
      "CALL awsdatacatalog.system.create_empty_partition('shop', 'visits', ARRAY['dt'], ARRAY['2026-11-21'])",
      'ANALYZE shop.visits',
      'EXPLAIN ANALYZE INSERT INTO shop.visits SELECT * FROM shop.visits',
      "EXECUTE IMMEDIATE 'DROP TABLE shop.visits'",
      'SELECT * FROM system.runtime.queries',
    ])('is refused by the engine’s own rules: %s', async (text) => {
      const answer = await ask(text);
      expect(answer).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/PERMISSION_DENIED|Access Denied/) });
    });

    test('has changed nothing, and the same user may read', async () => {
      expect(files()).toEqual(before);
      expect(await ask('SELECT count(*) FROM shop.visits')).toMatchObject({ kind: 'rows', rows: [['4503']] });
      expect(await ask('SHOW TABLES FROM shop')).toMatchObject({ kind: 'rows', rows: [['visits']] });
    });

    test('is not refused for its words: who may write can unload and repair', async () => {
      expect(await ask('MSCK REPAIR TABLE shop.visits', 'admin')).toMatchObject({ kind: 'rows' });
      expect(await ask("UNLOAD (SELECT 1 AS x) TO 's3://elsewhere/'", 'admin')).toMatchObject({ kind: 'rows' });
      expect(await ask('DROP TABLE shop.unloaded', 'admin')).toMatchObject({ kind: 'rows' });
    });
  });
}
