/** Resolves when a folder is watched: a file that comes before its first look through is taken for one that was there. */
import { setTimeout as delay } from 'node:timers/promises';
import { jsonLines } from './cli-child.ts';

export async function untilWatched(
  hoist: (...args: readonly string[]) => Promise<{ readonly stdout: string }>,
  folder: string,
): Promise<void> {
  for (;;) {
    const { stdout } = await hoist('folders', 'list', '--json');
    if (jsonLines(stdout).some(({ path, health }) => path === folder && isWatching(health))) return;
    await delay(50);
  }
}

const isWatching = (health: unknown): boolean =>
  typeof health === 'object' && health !== null && 'state' in health && health.state === 'watching';
