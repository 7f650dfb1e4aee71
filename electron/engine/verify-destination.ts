/** The live test: what can be proven about a destination, stored or still a draft. */
import { UploadError } from '#ports/upload-error.ts';
import type { ResolvedDestination } from '#queue';
import { type Destination, type DestinationDraft, needsKey } from '#shared/destination.ts';
import { failure } from '#shared/failure.ts';
import type { VerificationView } from '#shared/ipc.ts';
import { redact } from '#shared/redact.ts';
import type { ServiceParts } from './service-parts.ts';

export const verifyTimeoutMs = 30_000;

/** Whatever speaks against it, also that there is no such destination, is in the answer. */
export async function verifyDestination(
  parts: ServiceParts,
  resolve: () => ResolvedDestination | Promise<ResolvedDestination | null>,
): Promise<VerificationView> {
  const { clock } = parts.options;
  const abort = new AbortController();
  const undo = clock.setTimer(verifyTimeoutMs, () => abort.abort(new UploadError('timeout')));
  try {
    const resolved = await resolve();
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

/**
 * A draft with the key that it would be sent with: the one that was typed, else the stored one of `existing`, which
 * goes to the origin it was given for and to no other. Throws `invalid` and `key-missing`.
 */
export function resolveDraft(
  { settings }: Pick<ServiceParts, 'settings'>,
  draft: DestinationDraft,
  key: string | null,
  existing: Destination | null,
): ResolvedDestination {
  const made = settings.tryDestination(draft, key, existing?.id ?? null);
  const { destination } = made;
  if (existing !== null && existing.kind !== destination.kind) {
    throw new UploadError('invalid', 'kind: cannot be changed');
  }
  if (made.key !== null || existing === null) return { destination, credential: made.key };
  const credential = settings.credential(existing.id);
  if (credential !== null && originOf(destination) !== originOf(existing)) {
    throw new UploadError(
      'key-missing',
      `The stored key belongs to ${originOf(existing)}; enter the key for the new address.`,
    );
  }
  return { destination, credential };
}

const originOf = ({ baseUrl }: Destination) => new URL(baseUrl).origin;
