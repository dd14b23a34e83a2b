import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';

/** What the budget needs. */
export interface MonthlyBudgetProps {
  /** Its name, and the value of the tag `product` whose costs it counts. */
  readonly product: string;
  /** Limit in US dollars a month. */
  readonly usd: number;
  /** Gets the warnings. */
  readonly email: string;
}

/** A mail at half, four fifths and all of the month's money, and when the forecast passes it. */
export class MonthlyBudget extends CfnBudget {
  constructor(scope: Construct, id: string, { product, usd, email }: MonthlyBudgetProps) {
    const at = (threshold: number, notificationType: string) => ({
      notification: { comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE', threshold, notificationType },
      subscribers: [{ subscriptionType: 'EMAIL', address: email }],
    });
    super(scope, id, {
      budget: {
        budgetName: `${product}-month`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: usd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:product$${product}`] },
      },
      notificationsWithSubscribers: [at(50, 'ACTUAL'), at(80, 'ACTUAL'), at(100, 'ACTUAL'), at(100, 'FORECASTED')],
    });
  }
}
