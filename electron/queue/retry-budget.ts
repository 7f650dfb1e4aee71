/**
 * A destination's budget for retries: a service that fails everything is asked less and less, whatever the number of jobs.
 * A token bucket without a clock: failures cost, successes earn.
 */
export interface RetryBudget {
  readonly tokens: number;
}

const capacity = 500;
const failureCost = 14;
const successGain = 14;

export const fullBudget: RetryBudget = { tokens: capacity };

export function afterFailure(budget: RetryBudget): RetryBudget {
  return { tokens: Math.max(0, budget.tokens - failureCost) };
}

export function afterSuccess(budget: RetryBudget): RetryBudget {
  return { tokens: Math.min(capacity, budget.tokens + successGain) };
}

/** Empty: only probes may go, one at a time. */
export function isExhausted(budget: RetryBudget): boolean {
  return budget.tokens < failureCost;
}
