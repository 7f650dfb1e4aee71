import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { machineEvents } from '../../../electron/desktop/power/machine-events.ts';
import { createManualClock } from '../../support/manual-clock.ts';

function machine() {
  const clock = createManualClock();
  const powerMonitor = new EventEmitter();
  const line = { isOnline: true };
  const events: string[] = [];
  const told: string[] = [];
  const stop = machineEvents({
    powerMonitor: powerMonitor as never,
    net: { isOnline: () => line.isOnline },
    clock,
    onEvent: (event) => events.push(event),
  }).listen({
    suspending: async () => void told.push('suspending'),
    awake: () => void told.push('awake'),
    networkChanged: () => void told.push('network'),
  });
  return { clock, powerMonitor, line, events, told, stop };
}

test('sleep and its end are told', () => {
  const { powerMonitor, events, told } = machine();
  powerMonitor.emit('suspend');
  powerMonitor.emit('resume');
  expect([told, events]).toEqual([
    ['suspending', 'awake'],
    ['suspend', 'resume'],
  ]);
});

test('a sleep that was announced and did not come is over after a minute', async () => {
  const { powerMonitor, told, clock } = machine();
  powerMonitor.emit('suspend');
  await clock.advance(59_000);
  expect(told).toEqual(['suspending']);
  await clock.advance(2000);
  expect(told).toEqual(['suspending', 'awake']);
  await clock.advance(120_000);
  expect(told).toEqual(['suspending', 'awake']);
});

test('a network that comes back is told within seconds, one that goes is not', async () => {
  const { line, told, clock, events } = machine();
  line.isOnline = false;
  await clock.advance(6000);
  expect([told, events]).toEqual([[], ['offline']]);
  line.isOnline = true;
  await clock.advance(6000);
  expect([told, events]).toEqual([['network'], ['offline', 'online']]);
  await clock.advance(60_000);
  expect(told).toEqual(['network']);
});

test('nothing is tried while the machine sleeps', async () => {
  const { line, told, clock, powerMonitor } = machine();
  line.isOnline = false;
  await clock.advance(6000);
  powerMonitor.emit('suspend');
  line.isOnline = true;
  await clock.advance(6000);
  powerMonitor.emit('unlock-screen');
  expect(told).toEqual(['suspending']);
  powerMonitor.emit('resume');
  powerMonitor.emit('unlock-screen');
  expect(told).toEqual(['suspending', 'awake', 'network']);
});

test('whoever stops listening hears nothing more, and leaves no timer', async () => {
  const { stop, powerMonitor, told, clock } = machine();
  powerMonitor.emit('suspend');
  stop();
  powerMonitor.emit('resume');
  await clock.advance(120_000);
  expect([told, clock.pendingTimers(), powerMonitor.eventNames()]).toEqual([['suspending'], 0, []]);
});
