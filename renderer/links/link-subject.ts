import { type Asset, type LinkSubject, subjectOf as subjectOfAsset } from '#shared/asset.ts';
import type { UploadJob } from '#shared/job.ts';

/** What became of a file; null: it is not completed (any more). */
export const assetOf = ({ state }: UploadJob): Asset | null =>
  state.name === 'completed' ? state.asset : null;

/** What formats and templates speak of; null: it is not completed (any more). */
export function subjectOf(job: UploadJob): LinkSubject | null {
  const asset = assetOf(job);
  return asset === null ? null : subjectOfAsset(job, asset);
}
