import { resolve } from 'node:path';
import { connectEngine, dataDirectory, type EngineConnection, startDirectory } from '#ipc';
import type { Host } from '#ports/host.ts';
import type { Snapshot } from '#shared/ipc.ts';
import { type HoistWords, hoistWords } from './hoist-words.ts';
import { createNoticeBoard, type NoticeBoard } from './notice-board.ts';
import { type Display, openDisplay } from './show/display.ts';
import { safeLine } from './show/safe-text.ts';
import type { Surroundings } from './surroundings.ts';

/** What every command works with. */
export interface Context {
  readonly surroundings: Surroundings;
  readonly dataDir: string;
  readonly display: Display;
  readonly notices: NoticeBoard;
  /** An absolute path, from where the user is. */
  path(text: string): string;
  /**
   * `work`: an engine that runs, here or elsewhere. `look`: where none runs, one that only reads and writes the queue;
   * it is over in a moment, so it serves nobody.
   */
  connect(purpose: 'work' | 'look', hostName?: Host['name']): Promise<EngineConnection>;
  /** How the person calls this very command line. */
  readonly hoist: HoistWords;
}

export function createContext(surroundings: Surroundings, options: { dataDir?: string }): Context {
  const { env, clock } = surroundings;
  const dataDir = dataDirectory(options.dataDir, surroundings);
  const base = startDirectory(surroundings);
  const isDebugging = (env.HOIST_DEBUG ?? '') !== '';
  return {
    surroundings,
    dataDir,
    display: openDisplay(surroundings),
    notices: createNoticeBoard(),
    path: (text) => resolve(base, text),
    connect: (purpose, hostName = 'cli') =>
      connectEngine({
        dataDir,
        clock,
        isServed: purpose === 'work',
        open: () =>
          surroundings.openEngine({
            dataDir,
            host: { name: hostName, keyWrap: null, trash: null },
            version: surroundings.version,
            clock,
            random: Math.random,
            environment: env,
            startsWork: purpose === 'work',
          }),
        onBug(request, error) {
          if (isDebugging) surroundings.stderr.write(`${request}: ${String(error)}\n`);
        },
      }),
    hoist: hoistWords(options.dataDir, surroundings.platform),
  };
}

/** Warnings that stand, for whoever looks. */
export function sayWarnings({ notices }: Snapshot, display: Display): void {
  for (const { level, text } of notices) if (level === 'warning') display.say(safeLine(text));
}

/** For a command that asks something and is done. What the engine warns of goes to stderr, beside any answer. */
export async function withEngine<T>(
  context: Context,
  purpose: 'work' | 'look',
  work: (connection: EngineConnection) => Promise<T>,
): Promise<T> {
  const connection = await context.connect(purpose);
  try {
    await context.notices.tellOpening(connection, ({ level, text }) => {
      if (level === 'warning') context.display.say(safeLine(text));
    });
    return await work(connection);
  } finally {
    await connection.close();
  }
}
