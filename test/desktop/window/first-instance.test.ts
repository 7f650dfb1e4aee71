import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { claimInstance } from '../../../electron/desktop/window/first-instance.ts';
import type { LaunchArguments } from '../../../electron/desktop/window/launch-arguments.ts';

function claim(isFirst: boolean, args: readonly string[] = []) {
  const data: unknown[] = [];
  const app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock(given: unknown) {
      data.push(given);
      return isFirst;
    },
  });
  const others: LaunchArguments[] = [];
  const claimed = claimInstance(app as unknown as App, args, '/here', (other) => void others.push(other));
  return { app, data, others, claimed };
}

test('the second hands over what it was started with, and from where', () => {
  const { claimed, data, app } = claim(false, ['a.png', '--hidden']);
  expect(claimed).toBe(false);
  expect(data).toEqual([{ args: ['a.png', '--hidden'], cwd: '/here' }]);
  expect(app.listenerCount('second-instance')).toBe(0);
});

test('the first hears of it, with paths from where the other was', () => {
  const { claimed, app, others } = claim(true);
  expect(claimed).toBe(true);
  const handedOver = { args: ['a.png'], cwd: '/there' };
  app.emit('second-instance', {}, ['hoist', '--chromium-switch', 'wrong.png'], '/wrong', handedOver);
  expect(others).toEqual([{ dataDir: undefined, isHidden: false, paths: ['/there/a.png'] }]);
});

test.each([undefined, null, 'junk', { args: 'a' }, { args: [1], cwd: 2 }])(
  'another that says %j is only a call to come up',
  (junk) => {
    const { app, others } = claim(true);
    app.emit('second-instance', {}, [], '', junk);
    expect(others).toEqual([{ dataDir: undefined, isHidden: false, paths: [] }]);
  },
);
