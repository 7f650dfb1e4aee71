import type { EngineConnection } from '#ipc';
import { isConnectionLost } from '#shared/api-client.ts';
import type { Context } from './context.ts';
import { codeOfInterrupt } from './exit-code.ts';
import type { Reporter } from './follow/reporter.ts';
import type { InterruptName } from './surroundings.ts';
import * as texts from './texts.ts';

/** How a command that stays came to its end. */
export type StayEnd<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Ctrl-C or a polite end from outside. */
  | { readonly kind: 'interrupted'; readonly signal: InterruptName; readonly wasOwner: boolean }
  /** Somebody asked the engine that ran in this process to shut down. */
  | { readonly kind: 'asked' };

/**
 * Runs `work` on an engine that works. When an engine elsewhere ends, `work` begins again on the next one (this process
 * becomes the owner, if nobody else does), so it must be able to pick up its own state. The first interrupt aborts the
 * signal and stops cleanly; the second ends the process at once.
 */
export async function stayConnected<T>(
  context: Context,
  reporter: Pick<Reporter, 'notice'>,
  work: (connection: EngineConnection, signal: AbortSignal) => Promise<T>,
): Promise<StayEnd<T>> {
  const interrupt = listen(context);
  try {
    for (;;) {
      const connection = await context.connect('work');
      const end = await workOn(connection, interrupt, async (connected, signal) => {
        await context.notices.tellOpening(connected, reporter.notice);
        return work(connected, signal);
      });
      if (end !== 'lost') return end;
      context.display.say(texts.engineGone);
    }
  } finally {
    interrupt.stop();
  }
}

async function workOn<T>(
  connection: EngineConnection,
  interrupt: Interrupt,
  work: (connection: EngineConnection, signal: AbortSignal) => Promise<T>,
): Promise<StayEnd<T> | 'lost'> {
  const gone = new AbortController();
  void connection.ended.then(() => gone.abort());
  try {
    const value = await work(connection, AbortSignal.any([interrupt.signal, gone.signal]));
    const signal = interrupt.name();
    if (signal !== null) return { kind: 'interrupted', signal, wasOwner: connection.isOwner };
    if (!gone.signal.aborted) return { kind: 'done', value };
  } catch (error) {
    const signal = interrupt.name();
    const isEnd = isConnectionLost(error) || connection.hasEnded();
    if (!isEnd) throw error;
    if (signal !== null) return { kind: 'interrupted', signal, wasOwner: connection.isOwner };
  } finally {
    await connection.close();
  }
  return connection.isOwner ? { kind: 'asked' } : 'lost';
}

/**
 * One Ctrl-C may arrive several times: npm sends it on to a process that the terminal has told already, and a library
 * that tidies up at the end raises it again. Nobody presses it twice so fast.
 */
const echoMs = 300;

interface Interrupt {
  readonly signal: AbortSignal;
  name(): InterruptName | null;
  stop(): void;
}

function listen({ surroundings, display }: Context): Interrupt {
  const controller = new AbortController();
  let first: InterruptName | null = null;
  let firstAt = 0;
  const stop = surroundings.onInterrupt((name) => {
    if (first !== null) {
      if (surroundings.clock.monotonic() - firstAt < echoMs) return;
      display.close();
      surroundings.exitNow(codeOfInterrupt[name]);
      return;
    }
    first = name;
    firstAt = surroundings.clock.monotonic();
    display.say(texts.stopping);
    controller.abort();
  });
  return { signal: controller.signal, name: () => first, stop };
}
