/**
 * The engine: builds every part from a data directory, a host and a clock, and wires them. It knows no Electron and no
 * transport; hosts reach it through the contract that `ipc/` serves.
 */

import { dataDirError } from '#ports/data-dir-error.ts';
import type { EngineOptions, EngineService } from '#ports/engine-service.ts';
import { lockDirectory, openJournal } from '#storage';

export type { DemoRun } from './engine/run-demo.ts';

/** The demo service, alone: read where somebody asks for it. */
export const loadDemo = () => import('./engine/run-demo.ts');

/**
 * `'locked'`: another engine runs on this directory; talk to it instead. Rejects with UploadError `data-dir-unusable` or
 * `disk-full` where the directory cannot be made, read or written.
 */
export async function openEngine(options: EngineOptions): Promise<EngineService | 'locked'> {
  const { dataDir, clock } = options;
  const lock = lockDirectory(dataDir);
  if (lock === null) return 'locked';
  /** What is open already, newest last: closed in reverse, also when a later part cannot be opened. */
  const closers: (() => Promise<void> | void)[] = [() => lock.release()];
  const close = async () => {
    for (const closeOne of closers.reverse().splice(0)) await closeOne();
  };
  try {
    // The journal's threads start beside this one, which meanwhile reads the code of all the rest: most of a start is that.
    const code = import('./engine/build-engine.ts');
    const opening = code.then(({ openSettingsOf }) => openSettingsOf(options));
    const sealer = opening.then((opened) => opened.sealer);
    // First the journal, which rejects where the settings do: when it has, none of its threads runs any more.
    const journal = await openJournal({ directory: dataDir, clock, sealer });
    const settings = await opening;
    closers.push(() => journal.close());
    closers.push(() => journal.copyAtEnd(settings.settings().retention.databaseCopies));
    const { buildEngine } = await code;
    return await buildEngine(options, { settings, journal, closers, close });
  } catch (error) {
    await close();
    throw dataDirError(dataDir, error) ?? error;
  }
}
