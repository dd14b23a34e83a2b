import type { Model, ModelEnd, ModelRequest } from '../services/model.ts';
import type { OverBudget, Spending } from '../services/spending.ts';

/** Asks a model for somebody, where the day's budgets have room for it; otherwise nothing is sent. */
export type PaidModel = (request: ModelRequest, who: string) => Promise<ModelEnd | OverBudget>;

/**
 * A model whose calls are taken from the budgets before they are made, at the most that they may cost, and settled to what was
 * used. A model whose price isn't known costs nothing that could be counted. Without `spending` nobody counts.
 */
export function payForModel(model: Model, spending: Spending | undefined): PaidModel {
  return async (request, who) => {
    const usd = model.mostUsd?.(request);
    if (!spending || usd === undefined) return model.ask(request);
    const paid = await spending.reserve({ id: '', who, kind: 'model', usd });
    if (paid.kind === 'over_budget') return paid;
    try {
      const end = await model.ask(request);
      // What was cut off may be billed: its estimate stays.
      if (end.kind !== 'none' || end.code !== 'timed_out') await paid.settle({ bytes: 0, queries: 0, usd: end.usage.usd ?? usd });
      return end;
    } catch (fault) {
      await paid.settle({ bytes: 0, queries: 0, usd: 0 });
      throw fault;
    }
  };
}
