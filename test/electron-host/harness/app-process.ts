/** The app's process: the built main process in plain Node, with the stand-in where it asks for Electron. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createLink, type Link, type Served } from '../link.ts';
import { type AppCalls, type HarnessCalls, type Machine, machineVariable } from '../messages.ts';

const boot = fileURLToPath(new URL('../app-side/boot.ts', import.meta.url));

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface AppProcess {
  readonly pid: number;
  readonly ask: Link<AppCalls>['ask'];
  readonly ended: Promise<Ending>;
  hasEnded(): boolean;
  /** Everything printed so far. */
  readonly output: () => string;
  kill(signal: NodeJS.Signals): void;
}

export function startAppProcess(
  machine: Machine,
  environment: Readonly<Record<string, string>>,
  ours: Served<HarnessCalls>,
  cwd?: string,
): AppProcess {
  const child = fork(boot, [], {
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...environment, [machineVariable]: JSON.stringify(machine) },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const link = createLink<AppCalls, HarnessCalls>(
    {
      send: (message) => void (child.connected && child.send(message, () => {})),
      onMessage: (listener) => void child.on('message', listener as (message: unknown) => void),
    },
    ours,
  );
  let hasEnded = false;
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      hasEnded = true;
      link.lose(`The app has ended (${signal ?? code}): ${printed}`);
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? 0,
    ask: link.ask,
    ended,
    hasEnded: () => hasEnded,
    output: () => printed,
    kill: (signal) => void child.kill(signal),
  };
}
