/** What the parts of the stand-in share: the machine they are on, the way to the test, and what happened so far. */
import { type Asked, createLink, type Link, type Served } from '../link.ts';
import { type AppCalls, type HarnessCalls, type Machine, machineVariable } from '../messages.ts';

const described = process.env[machineVariable];
if (described === undefined) throw new Error(`${machineVariable} is not set: who started this?`);

export const machine = JSON.parse(described) as Machine;

/** Names of what happened, in order. */
export const story: string[] = [];

let link: Link<HarnessCalls> | null = null;

/** The test at the other end, which has the browser. */
export const harness: Asked<HarnessCalls> = new Proxy({} as Asked<HarnessCalls>, {
  get: (_target, name) => {
    if (link === null) throw new Error('The stand-in has no way to the test yet.');
    return link.ask[name as keyof HarnessCalls];
  },
});

export function openLink(calls: Served<AppCalls>): void {
  link = createLink<HarnessCalls, AppCalls>(
    {
      send: (message) => void process.send?.(message, undefined, {}, () => {}),
      onMessage: (listener) => void process.on('message', listener as (message: unknown) => void),
    },
    calls,
  );
  // Without a test there is no screen, no person and no reason to go on.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
