/** The real command in a real child, on a real directory. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const cliPath = fileURLToPath(new URL('../../electron/headless/cli.ts', import.meta.url));

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  out(): string;
  err(): string;
  /** Resolves when stdout or stderr has had this text; rejects when the child ends without it. */
  sees(text: string): Promise<void>;
}

export function startHoist(
  dataDir: string,
  argv: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
    /** Runs it as this user. */
    readonly uid?: number;
  } = {},
): Child {
  const [file = process.execPath, ...before] = options.command ?? [process.execPath];
  const child = spawn(file, [...before, cliPath, '--data-dir', dataDir, ...argv], {
    cwd: options.cwd ?? dataDir,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    // What runs the tests must not change what is tested.
    env: {
      ...process.env,
      npm_lifecycle_event: '',
      FORCE_COLOR: '',
      HOIST_POLL_SCALE: '0.1',
      ...options.env,
    },
  });
  const text = { out: '', err: '' };
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
    for (const check of [...watchers]) check();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err += chunk;
    for (const check of [...watchers]) check();
  });
  const ended = once(child, 'close').then(([code, signal]): number | string => code ?? signal);
  return {
    process: child,
    ended,
    out: () => text.out,
    err: () => text.err,
    async sees(wanted) {
      const seen = Promise.withResolvers<void>();
      const check = () => {
        if (`${text.out}${text.err}`.includes(wanted)) seen.resolve();
      };
      watchers.add(check);
      check();
      void ended.then((code) =>
        seen.reject(new Error(`Ended with ${code} before "${wanted}": ${text.out}${text.err}`)),
      );
      await seen.promise;
      watchers.delete(check);
    },
  };
}
