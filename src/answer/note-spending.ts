import type { Spending, SpendingKind } from '../services/spending.ts';
import type { Warehouse } from '../services/warehouse.ts';
import { spentOn } from './price.ts';

/** A warehouse whose queries are counted and never refused for their price: the house's own look at the data. */
export function noteSpending(warehouse: Warehouse, kind: SpendingKind, spending: Spending): Warehouse {
  return {
    ...warehouse,
    async run(sql, options) {
      const end = await warehouse.run(sql, options);
      await spending.note(kind, spentOn([{ sql, end }]));
      return end;
    },
  };
}
