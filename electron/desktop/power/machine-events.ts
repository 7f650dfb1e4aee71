/** Sleep and network of this machine, as the engine hears of them (ports/host.ts). */
import type { Net, PowerMonitor } from 'electron';
import type { Clock } from '#ports/clock.ts';
import type { MachineEvents, MachineListener } from '#ports/host.ts';

export interface MachineParts {
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  readonly net: Pick<Net, 'isOnline'>;
  readonly clock: Clock;
  /** Told beside the engine: the log. */
  readonly onEvent: (event: 'suspend' | 'resume' | 'online' | 'offline') => void;
}

/** A sleep that was announced and did not come must not stop the queue for ever. Timers stand still while it lasts. */
const longestAwakeMs = 60_000;
/** There is no event for it in this process. A look costs next to nothing. */
const lookEveryMs = 5000;

export function machineEvents(parts: MachineParts): MachineEvents {
  return { listen: (listener) => listenTo(parts, listener) };
}

function listenTo({ powerMonitor, net, clock, onEvent }: MachineParts, listener: MachineListener) {
  let isAsleep = false;
  let cancelSleep: (() => void) | null = null;
  let isOnline = net.isOnline();
  let cancelLook = clock.setTimer(lookEveryMs, look);

  function suspend(): void {
    onEvent('suspend');
    isAsleep = true;
    // What it cannot finish before the machine stops, it finishes after: every step is on disk before it is taken.
    listener.suspending().catch(() => {});
    cancelSleep?.();
    cancelSleep = clock.setTimer(longestAwakeMs, wake);
  }

  function wake(): void {
    cancelSleep?.();
    cancelSleep = null;
    if (isAsleep) onEvent('resume');
    isAsleep = false;
    isOnline = net.isOnline();
    listener.awake();
  }

  function look(): void {
    cancelLook = clock.setTimer(lookEveryMs, look);
    const now = net.isOnline();
    if (now === isOnline) return;
    isOnline = now;
    onEvent(now ? 'online' : 'offline');
    if (now && !isAsleep) listener.networkChanged();
  }

  /** Whoever comes back to the screen is told at once what can be reached. */
  function unlock(): void {
    if (!isAsleep) listener.networkChanged();
  }

  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', unlock);
  return () => {
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('resume', wake);
    powerMonitor.off('unlock-screen', unlock);
    cancelSleep?.();
    cancelLook();
  };
}
