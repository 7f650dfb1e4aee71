/** What sleep and the network mean for the queue and the watch folders. */
import type { MachineEvents } from '#ports/host.ts';
import type { Watcher } from '#ports/watcher.ts';
import type { Queue } from '#queue';

/** Returns its undo. */
export function followMachine(
  machine: MachineEvents,
  {
    queue,
    watcher,
  }: {
    readonly queue: Pick<Queue, 'suspend' | 'awake' | 'networkChanged'>;
    readonly watcher: Pick<Watcher, 'reconcileAll'>;
  },
): () => void {
  return machine.listen({
    suspending: () => queue.suspend(),
    awake() {
      queue.awake();
      watcher.reconcileAll();
    },
    networkChanged() {
      queue.networkChanged();
      // Folders on a network drive may be back, and nobody told what happened in them.
      watcher.reconcileAll();
    },
  });
}
