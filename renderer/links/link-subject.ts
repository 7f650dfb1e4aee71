import { type Asset, type LinkSubject, referenceOf } from '#shared/asset.ts';
import type { UploadJob } from '#shared/job.ts';

/** What became of a file; null: it is not completed (any more). */
export const assetOf = ({ state }: UploadJob): Asset | null =>
  state.name === 'completed' ? state.asset : null;

/** What formats and templates speak of, with the link as it is kept: a short-lived one is only signed when it is copied. */
export function subjectOf(job: UploadJob): LinkSubject | null {
  const asset = assetOf(job);
  if (asset === null) return null;
  return {
    link: asset.link,
    linkKind: asset.linkKind,
    name: job.name,
    assetId: asset.id,
    reference: referenceOf(asset),
    mimeType: job.mimeType,
    path: job.path,
    destination: job.destinationName,
    sha256: job.sha256,
  };
}
