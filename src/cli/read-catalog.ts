import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { catalogFault } from '../local/catalog-fault.ts';
import type { Catalog, TableFacts } from '../sql/safe-sql.ts';
import { UsageFault } from './usage.ts';

const columnsSchema = z.array(z.union([z.string(), z.strictObject({ name: z.string(), type: z.string() })]));

const catalogSchema = z.strictObject({
  default_catalog: z.string().default('awsdatacatalog'),
  default_database: z.string().default('shop'),
  tables: z.record(
    z.string(),
    z.union([
      columnsSchema,
      z.strictObject({
        columns: columnsSchema,
        location: z.string().optional(),
        partition_columns: z.array(z.string()).optional(),
      }),
    ]),
  ),
  blocked_columns: z.array(z.string()).default([]),
  partition_columns: z.record(z.string(), z.array(z.string())).default({}),
});

/** `--catalog FILE`: the tables that a statement may read, in the form of ARCHITECTURE §7. */
export function readCatalog(file: string): Catalog {
  const parsed = catalogSchema.safeParse(readJson(file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageFault(
      `The catalog ${file} has a fault at ${issue.path.map(String).join(' › ') || 'its top'}: ${issue.message}.`,
    );
  }
  const { tables, partition_columns, ...rest } = parsed.data;
  const database = rest.default_database.toLowerCase();
  const qualified = (name: string) => (name.includes('.') ? name : `${database}.${name}`).toLowerCase();
  const partitions = Object.fromEntries(Object.entries(partition_columns).map(([name, columns]) => [qualified(name), columns]));
  const facts = Object.entries(tables).map(([name, table]): [string, TableFacts] => {
    const {
      columns,
      location,
      partition_columns: own,
    } = Array.isArray(table) ? { columns: table, location: undefined, partition_columns: undefined } : table;
    const key = qualified(name);
    return [
      key,
      {
        columns: columns.map((c) =>
          typeof c === 'string' ? { name: c.toLowerCase(), type: 'unknown' } : { name: c.name.toLowerCase(), type: c.type },
        ),
        partitionColumns: (own ?? partitions[key] ?? []).map((c) => c.toLowerCase()),
        ...(location ? { location } : {}),
      },
    ];
  });
  const catalog = {
    defaultCatalog: rest.default_catalog,
    defaultDatabase: database,
    tables: Object.fromEntries(facts),
    blockedColumns: rest.blocked_columns.map((c) => c.toLowerCase()),
  };
  const fault = catalogFault(catalog);
  if (fault) throw new UsageFault(`The catalog ${file} ${fault}`);
  return catalog;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageFault(`The catalog ${file} can't be read as JSON.`, { cause });
  }
}
