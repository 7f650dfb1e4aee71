import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { UploadJob } from '#shared/job.ts';
import { quitQuestion } from '../../../electron/desktop/quit/quit-question.ts';
import { createQuitting } from '../../../electron/desktop/quit/quitting.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { fakeWindows, job, settle } from '../support.ts';

const sending = (id: number, bytesSent: number) => job(id, { name: 'uploading' }, { bytesSent });

describe('the question', () => {
  const ask = (active: readonly UploadJob[], more = {}) =>
    quitQuestion({ isOwner: true, hasTray: true, active, ...more });

  test.each([
    ['nothing runs', [], {}],
    ['no bytes flow', [job(1, { name: 'processing', pollAt: 0 }), job(2, { name: 'completing' })], {}],
    ['the engine lives in another process', [sending(1, 100)], { isOwner: false }],
  ])('is not asked where %s', (_name, active, more) => expect(ask(active, more)).toBeNull());

  test('says what will be sent again', () => {
    expect(ask([sending(1, 800_000_000), sending(2, 400_000_000), sending(3, 0)])).toMatchObject({
      message: '3 files are on their way',
      detail: '1.2 GB of them will be sent again from the start. Nothing is lost.',
      buttons: ['Quit', 'Keep running in the background'],
      defaultId: 1,
      cancelId: 1,
    });
    expect(ask([sending(1, 5000)])).toMatchObject({
      message: '1 file is on its way',
      detail: '5 kB of it will be sent again from the start. Nothing is lost.',
    });
    expect(ask([sending(1, 0)])?.detail).toBe('It begins again at the next start. Nothing is lost.');
  });

  test('offers no background where nobody could find it', () => {
    expect(ask([sending(1, 1)], { hasTray: false })?.buttons).toEqual(['Quit', 'Keep running']);
  });
});

function world(
  options: {
    active?: readonly UploadJob[] | Promise<readonly UploadJob[]>;
    hasTray?: boolean;
    windows?: number;
  } = {},
) {
  const clock = createManualClock();
  const app = Object.assign(new EventEmitter(), {
    ended: [] as string[],
    /** As Electron does: whoever prevents it stays. */
    quit() {
      let isPrevented = false;
      app.emit('before-quit', {
        preventDefault: () => {
          isPrevented = true;
        },
      });
      if (!isPrevented) app.ended.push('quit');
    },
    exit: (code?: number) => void app.ended.push(`exit ${code}`),
  });
  const powerMonitor = new EventEmitter();
  const windows = fakeWindows(options.windows ?? 1);
  const questions: { readonly answer: (button: number) => void; readonly signal: AbortSignal | undefined }[] =
    [];
  const closed: string[] = [];
  let finishClosing = () => {};
  const closing = new Promise<void>((resolve) => {
    finishClosing = resolve;
  });
  let signal = () => {};
  const quitting = createQuitting({
    app: app as never,
    dialog: {
      showMessageBox: ({ signal }) =>
        new Promise((resolve) => {
          const answer = (response: number) => resolve({ response, checkboxChecked: false });
          questions.push({ answer, signal });
          signal?.addEventListener('abort', () => answer(1));
        }),
    },
    powerMonitor: powerMonitor as never,
    windows,
    clock,
    isOwner: () => true,
    active: async () => options.active ?? [],
    hasTray: () => options.hasTray ?? true,
    async close() {
      closed.push('closing');
      await closing;
    },
    onSignal(listener) {
      signal = listener;
      return () => {};
    },
    onFailure: (error) => {
      throw error;
    },
  });
  return {
    clock,
    app,
    powerMonitor,
    windows,
    questions,
    closed,
    quitting,
    finishClosing: () => finishClosing(),
    signal: () => signal(),
  };
}

const busy = { active: [sending(1, 100)] };

describe('quitting', () => {
  test('with nothing under way asks nothing, closes the engine, then goes', async () => {
    const { app, closed, quitting, finishClosing, questions } = world();
    app.quit();
    await settle();
    expect([closed, app.ended, questions.length, quitting.isQuitting()]).toEqual([['closing'], [], 0, true]);
    finishClosing();
    await settle();
    expect(app.ended).toEqual(['quit']);
  });

  test('while bytes flow asks once, and does as it is told', async () => {
    const { app, closed, questions, finishClosing } = world(busy);
    app.quit();
    await settle();
    expect([questions.length, closed]).toEqual([1, []]);
    questions[0]?.answer(0);
    await settle();
    finishClosing();
    await settle();
    expect([closed, app.ended]).toEqual([['closing'], ['quit']]);
  });

  test('can be thought better of: the windows go, the engine stays, and the next time is asked again', async () => {
    const { app, closed, questions, windows, quitting } = world(busy);
    app.quit();
    await settle();
    questions[0]?.answer(1);
    await settle();
    expect([windows.asked, closed, quitting.isQuitting()]).toEqual([['close all'], [], false]);
    app.quit();
    await settle();
    expect(questions).toHaveLength(2);
  });

  test('without a tray the windows stay, and one comes back where all were closed', async () => {
    const open = world({ ...busy, hasTray: false });
    open.app.quit();
    await settle();
    open.questions[0]?.answer(1);
    await settle();
    expect(open.windows.asked).toEqual([]);
    const none = world({ ...busy, hasTray: false, windows: 0 });
    none.app.quit();
    await settle();
    none.questions[0]?.answer(1);
    await settle();
    expect(none.windows.asked).toEqual(['show']);
  });

  test('asked for twice needs no answer', async () => {
    const { app, questions, finishClosing } = world(busy);
    app.quit();
    await settle();
    app.quit();
    await settle();
    expect(questions[0]?.signal?.aborted).toBe(true);
    finishClosing();
    await settle();
    expect([app.ended, questions.length]).toEqual([['quit'], 1]);
  });

  test('asked for again while it closes, it ends at once', async () => {
    const { app } = world();
    app.quit();
    await settle();
    app.quit();
    expect(app.ended).toEqual(['exit 0']);
  });

  test('does not wait for ever for an engine that does not close', async () => {
    const { app, clock } = world();
    app.quit();
    await clock.advance(9000);
    expect(app.ended).toEqual([]);
    await clock.advance(2000);
    expect(app.ended).toEqual(['quit']);
  });

  test('does not wait for the numbers of an engine that does not answer', async () => {
    const { app, clock, quitting, questions } = world({ active: new Promise(() => {}) });
    app.quit();
    await clock.advance(2000);
    expect([quitting.isQuitting(), questions.length]).toEqual([true, 0]);
  });
});

describe('the end of the session', () => {
  test('is no matter of asking: a computer that shuts down, a polite signal, Windows', async () => {
    const shutdown = world(busy);
    let isPrevented = false;
    shutdown.powerMonitor.emit('shutdown', {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    const term = world(busy);
    term.signal();
    const win = world(busy);
    win.windows.open[0]?.emit('session-end', {});
    for (const { closed, questions, finishClosing, app } of [shutdown, term, win]) {
      await settle();
      expect([closed, questions.length]).toEqual([['closing'], 0]);
      finishClosing();
      await settle();
      expect(app.ended).toEqual(['quit']);
    }
    expect(isPrevented).toBe(true);
  });

  test('also takes a question from the screen, and hears windows that came later', async () => {
    const { app, windows, questions, closed } = world(busy);
    app.quit();
    await settle();
    const later = fakeWindows(1).open[0];
    if (later !== undefined) windows.open.push(later);
    windows.change();
    windows.change();
    later?.emit('session-end', {});
    await settle();
    expect([closed, questions.length, later?.listenerCount('session-end')]).toEqual([['closing'], 1, 1]);
  });
});

test('an update is put in place after everything is closed, and leaves by itself', async () => {
  const { app, quitting, finishClosing, closed } = world(busy);
  const last: string[] = [];
  const ended = quitting.end(() => void last.push('install'));
  await settle();
  expect([closed, last]).toEqual([['closing'], []]);
  finishClosing();
  await ended;
  expect([last, app.ended]).toEqual([['install'], []]);
  // The installer quits the app itself: nobody stands in its way.
  app.quit();
  expect(app.ended).toEqual(['quit']);
});
