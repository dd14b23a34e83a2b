import type { Catalog, TableFacts } from '../../src/sql/safe-sql.ts';

/** A small shop for tests of the guard: four tables, one column closed everywhere, one closed in one table. */
export const shopCatalog: Catalog = {
  defaultCatalog: 'awsdatacatalog',
  defaultDatabase: 'clickstream',
  tables: {
    'clickstream.events': facts(
      'event_id event_name user_pseudo_id session_id user_id user_ip event_timestamp:timestamp(3) attributes value:double dt',
      ['dt'],
    ),
    'clickstream.sessions': facts(
      'session_id user_pseudo_id device_category channel country pageviews:bigint converted:boolean revenue:decimal(18,2) started_at:timestamp(3) dt',
      ['dt'],
    ),
    'clickstream.orders': facts('order_id session_id revenue:decimal(18,2) items:array(row(sku varchar)) dt', ['dt']),
    'clickstream.users': facts('user_pseudo_id user_id first_seen:timestamp(3)', []),
  },
  blockedColumns: ['user_ip', 'clickstream.users.user_id'],
};

/** `name` or `name:type`, separated by blanks. */
function facts(columns: string, partitionColumns: readonly string[]): TableFacts {
  return {
    columns: columns.split(/ (?![^(]*\))/).map((column) => {
      const at = column.indexOf(':');
      return at < 0 ? { name: column, type: 'varchar' } : { name: column.slice(0, at), type: column.slice(at + 1) };
    }),
    partitionColumns,
  };
}
