import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { houseCatalog } from '../../../src/answer/house-catalog.ts';
import type { Glossary } from '../../../src/glossary/glossary-schema.ts';
import { openDuckdbWarehouse } from '../../../src/local/duckdb-warehouse.ts';
import type { Clock } from '../../../src/services/clock.ts';
import { openGuard } from '../../../src/sql/open-guard.ts';
import type { BoxEngine } from '../open-box.ts';
import { localEngine } from './local-engine.ts';

/** The local engine behind Athena's wire, over the folder `work` that the local refresh writes: for faults, which need no real Trino. */
export function duckEngine(options: { glossary: Glossary; clock: Clock }): BoxEngine & { readonly work: string } {
  const data = mkdtempSync(join(tmpdir(), 'box-duck-'));
  const work = join(data, 'work');
  mkdirSync(work, { recursive: true });
  const catalog = houseCatalog(options.glossary);
  const guard = openGuard();
  const warehouse = openDuckdbWarehouse({ dataDir: work, catalog, clock: options.clock });
  return {
    data,
    work,
    ask: localEngine(guard, warehouse, catalog),
    lay: async () => {},
    async stop() {
      await Promise.allSettled([warehouse.close(), guard.close()]);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
