/** What is done when something of the app breaks: written down, and told where a person has to know. */
import type { App, Dialog } from 'electron';
import type { Clock } from '#ports/clock.ts';
import { atMost } from '../at-most.ts';
import { crashWords as words } from '../words.ts';
import type { Log } from './log-file.ts';

export interface CrashParts {
  readonly app: Pick<App, 'on' | 'exit'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly process: Pick<NodeJS.Process, 'on'> & {
    readonly [S in 'stdout' | 'stderr']: Pick<NodeJS.WriteStream, 'on'>;
  };
  readonly clock: Clock;
  readonly log: Log;
  /** Closes the engine, as far as there is one by now. */
  readonly close: () => Promise<void>;
}

/** After a bug nobody knows what still works: what is not at rest by then is found at the next start. */
const longestCloseMs = 3000;

/** For an end that comes by a failure. */
export const closeInTime = (clock: Pick<Clock, 'setTimer'>, closed: Promise<void>): Promise<void> =>
  atMost(clock, longestCloseMs, closed);

export function watchCrashes({ app, dialog, process, clock, log, close }: CrashParts): void {
  let isEnding = false;

  async function end(error: unknown): Promise<void> {
    log.failed('main.crashed', error);
    if (isEnding) return;
    isEnding = true;
    const closed = close().catch((failure) => log.failed('engine.close-failed', failure));
    await closeInTime(clock, closed);
    dialog.showErrorBox(words.title, words.text(log.path));
    app.exit(1);
  }

  // Whoever started the app may be gone, and their terminal with them: what is printed for nobody is no crash.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('uncaughtException', (error) => void end(error));
  // A promise that nobody waited for leaves the rest as it was: it is a bug to be seen, and no reason to stop sending.
  process.on('unhandledRejection', (reason) => log.failed('main.rejection', reason));
  // Its window loads the page again (window/keep-page.ts).
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    log.write(reason === 'clean-exit' ? 'info' : 'error', 'window.gone', { reason, exitCode });
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    const level = reason === 'clean-exit' || reason === 'killed' ? 'info' : 'warning';
    log.write(level, 'process.gone', { type, reason, exitCode, name: name ?? null });
  });
}
