/** The requests about destinations. A change that may cure a block lifts it. */

import type { EngineService } from '#ports/engine-service.ts';
import { UploadError } from '#ports/upload-error.ts';
import { type Destination, needsKey } from '#shared/destination.ts';
import { failure } from '#shared/failure.ts';
import type { DestinationView, VerificationView } from '#shared/ipc.ts';
import { redact } from '#shared/redact.ts';
import { describeKinds } from './destinations.ts';
import type { ServiceParts } from './service-parts.ts';

const verifyTimeoutMs = 30_000;

type DestinationRequests = Pick<
  EngineService,
  | 'addDestination'
  | 'updateDestination'
  | 'setDestinationKey'
  | 'removeDestination'
  | 'testDestination'
  | 'unblockDestination'
  | 'describeKinds'
>;

export function destinationRequests(
  parts: ServiceParts,
  views: () => readonly DestinationView[],
): DestinationRequests {
  const { settings, queue, destinations, feed } = parts;

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

  return {
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
    },
    testDestination: (id) => verify(parts, destinations.get(id).id),
    async unblockDestination(id) {
      await queue.unblock(destinations.get(id).id);
      feed.tell({ kind: 'destinations' });
    },
    describeKinds: () => describeKinds(parts.providers),
  };
}

async function verify(parts: ServiceParts, id: string): Promise<VerificationView> {
  const { clock } = parts.options;
  const abort = new AbortController();
  const undo = clock.setTimer(verifyTimeoutMs, () => abort.abort(new UploadError('timeout')));
  try {
    const resolved = await parts.destinations.resolve(id);
    if (resolved === null) throw new UploadError('not-found');
    const { destination, credential } = resolved;
    if (credential === null && needsKey[destination.kind]) throw new UploadError('key-missing');
    const proof = await parts.providers[destination.kind].verify({
      destination,
      api: parts.createApiClient({ destination, credential }),
      signal: abort.signal,
      now: () => clock.now(),
      note: () => undefined,
    });
    return { ok: true, proof: proof.proof, details: proof.details, failure: null };
  } catch (error) {
    const seen =
      error instanceof UploadError
        ? error.failure
        : failure('internal', error instanceof Error ? redact(error.message) : '');
    return { ok: false, proof: '', details: [], failure: seen };
  } finally {
    undo();
  }
}
