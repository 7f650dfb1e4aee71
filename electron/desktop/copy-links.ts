/** The links of many files on the clipboard, a line each. */
import type { Clipboard } from 'electron';
import type { LinkFormat } from '#shared/asset.ts';
import type { Api } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';

/** A service is asked for so many addresses at once. */
const parallel = 6;

/** What could not be had is left out, and its reason is the answer's; nothing is written where nothing could be had. */
export async function copyLinks(
  parts: {
    readonly api: Pick<Api, 'copyLink'>;
    readonly clipboard: Pick<Clipboard, 'writeText'>;
  },
  ids: readonly JobId[],
  format: LinkFormat | { readonly template: string },
): Promise<readonly unknown[]> {
  const lines = new Map<JobId, string>();
  const errors: unknown[] = [];
  const left = [...ids];
  const carry = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      try {
        lines.set(id, (await parts.api.copyLink(id, format)).formatted);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, ids.length) }, carry));
  const text = ids.flatMap((id) => lines.get(id) ?? []).join('\n');
  if (text !== '') await parts.clipboard.writeText(text);
  return errors;
}
