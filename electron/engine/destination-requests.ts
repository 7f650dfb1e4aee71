/** The requests about destinations. A change that may cure a block lifts it. */

import type { EngineService } from '#ports/engine-service.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Destination, DraftProblem } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';
import { describeKinds } from './destinations.ts';
import { forgetRemovedWithoutJobs } from './forget-removed.ts';
import type { ServiceParts } from './service-parts.ts';
import { resolveDraft, verifyDestination, verifyTimeoutMs } from './verify-destination.ts';

type DestinationRequests = Pick<
  EngineService,
  | 'checkDestination'
  | 'addDestination'
  | 'updateDestination'
  | 'setDestinationKey'
  | 'removeDestination'
  | 'testDestination'
  | 'testDestinationDraft'
  | 'pauseDestination'
  | 'unblockDestination'
  | 'describeKinds'
>;

export function destinationRequests(
  parts: ServiceParts,
  views: () => readonly DestinationView[],
): DestinationRequests {
  const { settings, journal, queue, destinations, feed } = parts;

  const viewOf = (id: string): DestinationView => {
    const found = views().find(({ destination }) => destination.id === id);
    if (found === undefined) throw new UploadError('not-found', 'There is no such destination.');
    return found;
  };
  /** The demo service's four are made by Hoist, not by the user. */
  const own = (idOrName: string): Destination => {
    const destination = destinations.get(idOrName);
    if (destination.isDemo)
      throw new UploadError('invalid', 'The destinations of the demo service cannot be changed.');
    return destination;
  };

  function setPaused({ id, isDemo, isPaused: was }: Destination, isPaused: boolean): void {
    if (was === isPaused) return;
    if (isDemo) settings.setDemoPaused(id, isPaused);
    else settings.updateDestination(id, { isPaused });
  }

  return {
    async checkDestination(draft) {
      const checked = settings.checkDestination(draft);
      return 'id' in checked ? flowFileProblems(parts, checked) : checked;
    },
    async addDestination(draft, key) {
      const destination = settings.addDestination(draft, key);
      await queue.unblock(destination.id);
      return viewOf(destination.id);
    },
    async updateDestination(id, patch) {
      const destination = settings.updateDestination(own(id).id, patch);
      await queue.unblock(destination.id);
      await queue.settingsChanged();
      return viewOf(destination.id);
    },
    async setDestinationKey(id, key) {
      const destination = own(id);
      settings.setKey(destination.id, key);
      await queue.unblock(destination.id);
      feed.tell({ kind: 'destinations' });
      return viewOf(destination.id);
    },
    async removeDestination(id) {
      const destination = own(id);
      settings.removeDestination(destination.id);
      await queue.destinationRemoved(destination.id);
      const { all, byState } = await journal.counts({ destinationId: destination.id });
      if (all === 0) await forgetRemovedWithoutJobs(settings, journal);
      return { jobsLeft: all - byState.completed - byState.failed - byState.canceled };
    },
    testDestination: (id) => {
      const destination = destinations.get(id);
      return verifyDestination(parts, () => destinations.resolve(destination.id));
    },
    testDestinationDraft: (draft, key, existingId) =>
      verifyDestination(parts, () =>
        resolveDraft(parts, draft, key, existingId === null ? null : own(existingId)),
      ),
    async pauseDestination(id) {
      setPaused(destinations.get(id), true);
      await queue.settingsChanged();
      feed.tell({ kind: 'destinations' });
    },
    async unblockDestination(id) {
      const destination = destinations.get(id);
      setPaused(destination, false);
      await queue.unblock(destination.id);
      feed.tell({ kind: 'destinations' });
    },
    describeKinds: () => describeKinds(parts.providers),
  };
}

/** A flow file is read with the draft: a wrong one would only be met by the first upload. */
async function flowFileProblems(
  parts: ServiceParts,
  destination: Destination,
): Promise<readonly DraftProblem[]> {
  if (destination.kind !== 'pupload' || destination.flowFile === undefined) return [];
  try {
    await parts.providers.pupload.limits({
      destination,
      api: parts.createApiClient({ destination, credential: null }),
      signal: AbortSignal.timeout(verifyTimeoutMs),
      now: () => parts.options.clock.now(),
      note: () => undefined,
    });
    return [];
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    return [{ field: 'flowFile', kind: 'wrong', text: error.failure.message }];
  }
}
