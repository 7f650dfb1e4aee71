/** The end of the app, by whoever asks for it: clean, bounded, and asked about where it costs something. */
import type { App, BrowserWindow, Dialog, MessageBoxOptions, PowerMonitor } from 'electron';
import type { Clock } from '#ports/clock.ts';
import type { UploadJob } from '#shared/job.ts';
import type { Windows } from '../window/windows.ts';
import { quitButton, quitQuestion } from './quit-question.ts';

export interface QuitParts {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>;
  readonly dialog: {
    showMessageBox(options: MessageBoxOptions): ReturnType<Dialog['showMessageBox']>;
  };
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly windows: Pick<Windows, 'all' | 'closeAll' | 'onChange' | 'show'>;
  readonly clock: Clock;
  readonly isOwner: () => boolean;
  /** What is being sent in this moment. */
  readonly active: () => Promise<readonly UploadJob[]>;
  readonly hasTray: () => boolean;
  /** Everything comes to rest and is on disk. */
  readonly close: () => Promise<void>;
  /** Tells of a polite end from outside (SIGTERM and its like); returns its undo. */
  readonly onSignal: (listener: () => void) => () => void;
  readonly onFailure: (error: unknown) => void;
}

export interface Quitting {
  /** Windows that close now do so for good. */
  isQuitting(): boolean;
  /** As if the person had chosen Quit in a menu. */
  request(): void;
  /** Ends without a question, then does `last` instead of leaving (an update is put in place, and leaves by itself). */
  end(last?: () => void): Promise<void>;
}

/** An engine closes in well under a second; a dead disk must not hold a computer that is shutting down. */
const longestCloseMs = 10_000;
/** How long a question waits for the engine's numbers. */
const longestLookMs = 1500;

export function createQuitting(parts: QuitParts): Quitting {
  const { app, windows, clock } = parts;
  let stage: 'running' | 'asking' | 'closing' | 'closed' = 'running';
  let question: AbortController | null = null;

  /** Answers whether to go on quitting. */
  async function ask(): Promise<boolean> {
    const active = await within(clock, longestLookMs, parts.active(), []);
    const options = quitQuestion({ isOwner: parts.isOwner(), active, hasTray: parts.hasTray() });
    if (options === null) return true;
    question = new AbortController();
    const { response } = await parts.dialog.showMessageBox({ ...options, signal: question.signal });
    return response === quitButton || question.signal.aborted;
  }

  async function end(last: () => void = () => app.quit()): Promise<void> {
    if (stage === 'closing' || stage === 'closed') return;
    stage = 'closing';
    // At once: what takes its time is not theirs.
    windows.closeAll();
    await within(clock, longestCloseMs, parts.close(), undefined);
    stage = 'closed';
    last();
  }

  function request(): void {
    switch (stage) {
      case 'running':
        stage = 'asking';
        ask().then(
          (isSure) => {
            if (stage !== 'asking') return;
            if (isSure) {
              void end();
              return;
            }
            stage = 'running';
            // In the background it goes on by itself; without a tray the windows are the only way back to it.
            if (parts.hasTray()) windows.closeAll();
            else if (windows.all().length === 0) windows.show();
          },
          (error: unknown) => {
            // A question that cannot be asked must not keep anybody here.
            parts.onFailure(error);
            void end();
          },
        );
        return;
      case 'asking':
        // Whoever asks twice means it.
        question?.abort();
        void end();
        return;
      case 'closing':
        app.exit(0);
        return;
      case 'closed':
        app.quit();
    }
  }

  app.on('before-quit', (event) => {
    if (stage === 'closed') return;
    event.preventDefault();
    request();
  });

  // The session ends whatever anybody says: no question, and as quick as can be.
  parts.powerMonitor.on('shutdown', ((event?: { preventDefault(): void }) => {
    event?.preventDefault();
    void end();
  }) as () => void);
  const met = new WeakSet<BrowserWindow>();
  const meet = () => {
    for (const window of windows.all()) {
      if (met.has(window) || window.isDestroyed()) continue;
      met.add(window);
      // Windows tells its windows only, and tells no app at all when it ends (docs: app, before-quit).
      window.on('session-end', () => void end());
    }
  };
  meet();
  windows.onChange(meet);
  parts.onSignal(() => void end());

  return { isQuitting: () => stage === 'closing' || stage === 'closed', request, end };
}

/** The value, or the other one where it does not come in time or at all. */
async function within<T>(clock: Clock, ms: number, work: Promise<T>, otherwise: T): Promise<T> {
  const late = Promise.withResolvers<T>();
  const cancel = clock.setTimer(ms, () => late.resolve(otherwise));
  try {
    return await Promise.race([work.catch(() => otherwise), late.promise]);
  } finally {
    cancel();
  }
}
