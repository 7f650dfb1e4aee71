/** What the processes cost that this one has started, and all that they started in turn: read from Linux' /proc. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export const noProcessTree = existsSync('/proc/self/schedstat') ? null : 'There is no /proc/…/schedstat.';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

/** Of every process its parent. */
function parents(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.map((pid) => {
      // The name before it may hold anything, parentheses too.
      const [, parent] = /\) \S (\d+) /.exec(read(`/proc/${pid}/stat`)) ?? [];
      return [Number(pid), Number(parent)];
    }),
  );
}

/** All descendants of `of`, without itself. */
export function descendants(of: number): readonly number[] {
  const parentOf = parents();
  const isBelow = (pid: number): boolean => {
    const parent = parentOf.get(pid);
    return parent !== undefined && parent > 0 && (parent === of || isBelow(parent));
  };
  return [...parentOf.keys()].filter(isBelow);
}

/** Milliseconds of processor that the living threads of these processes have used. */
export function cpuMs(pids: readonly number[]): number {
  const threads = pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
    } catch {
      return [];
    }
  });
  return threads.reduce((sum, path) => sum + Number(read(path).split(' ')[0]) / 1e6, 0);
}

/** The share of one processor, in percent, that they use while `wait` goes on. */
export async function cpuShare(pids: () => readonly number[], wait: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  const before = cpuMs(pids());
  await wait();
  return (100 * (cpuMs(pids()) - before)) / (performance.now() - begun);
}
