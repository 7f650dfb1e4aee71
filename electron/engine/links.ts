/** Links of completed jobs: asked for anew where they are short-lived, in the format that was wanted. */

import type { CreateApiClient } from '#ports/api-client.ts';
import type { Clock } from '#ports/clock.ts';
import type { ProviderRegistry } from '#ports/provider.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import { formatLink, type Link, type LinkFormat, referenceOf } from '#shared/asset.ts';
import type { CopiedLink } from '#shared/ipc.ts';
import type { Destinations } from './destinations.ts';

/** A short-lived URL is worth a short wait; then what lasts is given instead. */
const freshUrlTimeoutMs = 15_000;

export interface LinkParts {
  readonly destinations: Destinations;
  readonly providers: ProviderRegistry;
  readonly createApiClient: CreateApiClient;
  readonly clock: Clock;
}

export async function copyLink(
  job: StoredJob,
  format: LinkFormat | { readonly template: string },
  parts: LinkParts,
): Promise<CopiedLink> {
  if (job.state.name !== 'completed') throw new UploadError('not-found', 'This file has no link yet.');
  const { asset } = job.state;
  if (asset.linkExpiresAt !== null && asset.linkExpiresAt <= parts.clock.now()) {
    throw new UploadError('not-found', 'The link has expired; upload the file again.');
  }
  const link = asset.hasFreshUrl
    ? await freshLink(job, parts)
    : { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt };
  const destination = parts.destinations.known(job.destinationId);
  const formatted = formatLink(format, {
    link: link.text,
    linkKind: link.kind,
    name: job.name,
    assetId: asset.id,
    reference: referenceOf(asset),
    mimeType: job.mimeType,
    path: job.path,
    destination: destination?.name ?? job.destinationId,
    sha256: job.sha256,
  });
  return { ...link, formatted };
}

async function freshLink(job: StoredJob, parts: LinkParts): Promise<Link> {
  if (job.state.name !== 'completed') throw new UploadError('not-found');
  const { asset } = job.state;
  const lasting = { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt };
  const resolved = await parts.destinations.resolve(job.destinationId);
  if (resolved === null) return lasting;
  const { destination, credential } = resolved;
  const abort = new AbortController();
  const undo = parts.clock.setTimer(freshUrlTimeoutMs, () => abort.abort(new UploadError('timeout')));
  try {
    return await parts.providers[destination.kind].link(asset, {
      destination,
      api: parts.createApiClient({ destination, credential }),
      signal: abort.signal,
      now: () => parts.clock.now(),
      note: () => undefined,
    });
  } catch (error) {
    if (error instanceof UploadError && error.code !== 'not-found') return lasting;
    throw error;
  } finally {
    undo();
  }
}
