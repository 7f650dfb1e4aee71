import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { watchCrashes } from '../../../electron/desktop/log/crashes.ts';
import type { LogFacts } from '../../../electron/desktop/log/log-file.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { settle } from '../support.ts';

function world(close: () => Promise<void> = async () => {}) {
  const clock = createManualClock();
  const process = Object.assign(new EventEmitter(), {
    stdout: new EventEmitter(),
    stderr: new EventEmitter(),
  });
  const done: string[] = [];
  const written: string[] = [];
  const app = Object.assign(new EventEmitter(), { exit: (code?: number) => void done.push(`exit ${code}`) });
  watchCrashes({
    app: app as never,
    process: process as never,
    dialog: {
      showErrorBox: (title, text) => void done.push(`${title}: ${text.split('\n').at(-1)}`),
    },
    clock,
    log: {
      directory: '/logs',
      path: '/logs/hoist.log',
      write: (level, event, facts: LogFacts = {}) =>
        void written.push(`${level} ${event} ${facts.reason ?? ''}`.trim()),
      failed: (event, error) => void written.push(`${event} ${error}`),
      close: () => {},
    },
    close: async () => {
      done.push('close');
      await close();
    },
  });
  return { clock, process, app, done, written };
}

test('a bug in the main process is written down, the engine closed, the person told, the app ended', async () => {
  const { process, done, written } = world();
  process.emit('uncaughtException', new Error('first'));
  process.emit('uncaughtException', new Error('second'));
  await settle();
  expect(done).toEqual(['close', 'Hoist has to stop: The details are in /logs/hoist.log', 'exit 1']);
  expect(written).toEqual(['main.crashed Error: first', 'main.crashed Error: second']);
});

test('a terminal that is gone is no crash', async () => {
  const { process, done, written } = world();
  for (const stream of [process.stdout, process.stderr]) stream.emit('error', new Error('write EPIPE'));
  await settle();
  expect([done, written]).toEqual([[], []]);
});

test('an engine that does not close is not waited for', async () => {
  const { process, done, clock } = world(() => new Promise(() => {}));
  process.emit('uncaughtException', new Error('x'));
  await clock.advance(2900);
  expect(done).toEqual(['close']);
  await clock.advance(200);
  expect(done.at(-1)).toBe('exit 1');
});

test('a promise that nobody waited for is written down and ends nothing', async () => {
  const { process, done, written } = world();
  process.emit('unhandledRejection', new Error('lost'));
  await settle();
  expect([done, written]).toEqual([[], ['main.rejection Error: lost']]);
});

test('processes that go are written down', () => {
  const { app, done, written } = world();
  const gone = (reason: string) => app.emit('render-process-gone', {}, {}, { reason, exitCode: 1 });
  gone('oom');
  gone('clean-exit');
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 });
  app.emit(
    'child-process-gone',
    {},
    { type: 'Utility', reason: 'killed', exitCode: 0, name: 'Network Service' },
  );
  expect([done, written]).toEqual([
    [],
    [
      'error window.gone oom',
      'info window.gone clean-exit',
      'warning process.gone crashed',
      'info process.gone killed',
    ],
  ]);
});
