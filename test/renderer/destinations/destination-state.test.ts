import { expect, test } from 'vitest';
import { type FailureCode, failure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import { stateOf, troubleOf } from '../../../renderer/destinations/destination-state.ts';
import { timeOfDay } from '../../../renderer/words/times.ts';
import { destinationView } from '../shell/views.ts';

const now = 1_000_000;
const held = (kind: DestinationHold['kind'], code: FailureCode, until: number | null) => ({
  ...destinationView('Products'),
  hold: { destinationId: 'Products', kind, until, failure: failure(code) },
});

test('that it goes on is said once, with the time where it is known', () => {
  const textOf = (kind: DestinationHold['kind'], code: FailureCode, until: number | null) =>
    stateOf(held(kind, code, until), now).text;
  expect(textOf('rate-limited', 'rate-limited', now + 120_000)).toBe(
    'The service asks Hoist to slow down. Its files go on in 2\u00a0min.',
  );
  expect(textOf('rate-limited', 'rate-limited', now)).toBe(
    'The service asks Hoist to slow down. Continues by itself when the time is over.',
  );
  expect(textOf('unreachable', 'unreachable', now + 30_000)).toBe(
    'The service cannot be reached. Hoist tries again in 30\u00a0s.',
  );
  expect(textOf('disk-full', 'disk-full', null)).toMatch(/Make room/);
});

test('what holds a destination is said with the time of day at which that ends', () => {
  const until = now + 120_000;
  expect(troubleOf(held('rate-limited', 'rate-limited', until))).toBe(
    `Held until ${timeOfDay(until)}, and goes on then. The service asks Hoist to slow down.`,
  );
  expect(troubleOf(held('unreachable', 'unreachable', until))).toBe(
    `Hoist tries again at ${timeOfDay(until)}. The service cannot be reached.`,
  );
  expect(troubleOf(held('blocked', 'key-missing', null))).toMatch(/^Needs you\. /);
  expect(troubleOf({ ...destinationView('Products'), hasKey: false })).toMatch(/key/);
  expect(troubleOf(held('paused', 'key-missing', null))).toBeNull();
  expect(troubleOf(destinationView('Products'))).toBeNull();
});
