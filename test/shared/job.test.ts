import { describe, expect, test } from 'vitest';
import {
  canCancel,
  canPause,
  canRetry,
  isTerminal,
  type StateName,
  stateNames,
  statesOfTab,
  tabOfState,
  tabs,
} from '#shared/job.ts';

/** Tab, may be retried, may be paused. */
const expected: Readonly<Record<StateName, readonly [string | null, boolean, boolean]>> = {
  queued: ['waiting', false, true],
  reserving: ['active', false, true],
  inspecting: ['active', false, false],
  uploading: ['active', false, true],
  completing: ['active', false, false],
  processing: ['active', false, true],
  waiting: ['waiting', false, true],
  paused: ['waiting', false, false],
  blocked: ['needsYou', true, false],
  completed: ['done', false, false],
  failed: ['failed', true, false],
  canceled: [null, true, false],
};

describe.each(stateNames)('%s', (name) => {
  test('is under its tab, and lets do what fits it', () => {
    expect([tabOfState[name], canRetry(name), canPause(name)]).toEqual(expected[name]);
    expect(canCancel(name)).toBe(!isTerminal(name));
    if (isTerminal(name)) expect(canPause(name)).toBe(false);
  });

  test('is counted under one tab, or under All only', () => {
    const counted = tabs.filter((tab) => statesOfTab(tab).includes(name));
    expect(counted).toEqual(tabOfState[name] === null ? [] : [tabOfState[name]]);
  });
});

test('the states are told apart, and none is forgotten', () => {
  expect([...stateNames].sort()).toEqual(Object.keys(expected).sort());
  expect(new Set(stateNames).size).toBe(stateNames.length);
  expect(stateNames.filter(isTerminal)).toEqual(['completed', 'failed', 'canceled']);
  for (const tab of tabs) expect(statesOfTab(tab).length).toBeGreaterThan(0);
});
