import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  fullBudget,
  isExhausted,
  type RetryBudget,
} from '../../electron/queue/retry-budget.ts';

const times = (count: number, step: (budget: RetryBudget) => RetryBudget, from: RetryBudget) =>
  Array.from({ length: count }).reduce<RetryBudget>((budget) => step(budget), from);

describe('the retry budget', () => {
  it('is spent by 35 failures in a row, and never below nothing', () => {
    expect(isExhausted(times(34, afterFailure, fullBudget))).toBe(false);
    expect(isExhausted(times(35, afterFailure, fullBudget))).toBe(true);
    expect(times(1000, afterFailure, fullBudget).tokens).toBeGreaterThanOrEqual(0);
  });

  it('one success opens it again, and many never make more than a full one', () => {
    expect(isExhausted(afterSuccess(times(1000, afterFailure, fullBudget)))).toBe(false);
    expect(times(1000, afterSuccess, fullBudget)).toEqual(fullBudget);
  });

  it('a service that fails half of all is never shut out', () => {
    const after = times(1000, (budget) => afterSuccess(afterFailure(budget)), fullBudget);
    expect(isExhausted(after)).toBe(false);
  });
});
