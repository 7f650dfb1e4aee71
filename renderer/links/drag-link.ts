import { formatLink } from '#shared/asset.ts';
import type { UploadJob } from '#shared/job.ts';
import { isWebAddress, lookOf } from './link-look.ts';
import { assetOf, subjectOf } from './link-subject.ts';

/** What a drag carries, by type; null: nothing that works. */
export type DraggedLinks = Readonly<Record<string, string>> | null;

/**
 * Links as other programs take them: addresses as addresses, anything else (a key, a reference) as text alone, for a browser
 * would try to open it. What ran out is left at home.
 */
export function draggedLinks(jobs: readonly UploadJob[], now: number): DraggedLinks {
  const subjects = jobs.flatMap((job) => {
    const asset = assetOf(job);
    return asset === null || lookOf(asset, now).hasRunOut ? [] : (subjectOf(job) ?? []);
  });
  if (subjects.length === 0) return null;
  const text = subjects.map((subject) => formatLink('link', subject)).join('\n');
  if (!subjects.every(({ link }) => isWebAddress(link))) return { 'text/plain': text };
  return {
    'text/uri-list': subjects.map(({ link }) => new URL(link).href).join('\r\n'),
    'text/plain': text,
    'text/html': subjects.map((subject) => formatLink('html', subject)).join('\n'),
  };
}
