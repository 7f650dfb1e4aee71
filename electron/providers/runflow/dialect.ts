/** Runflow's refusals: `{ code, message, errors }`, and the older forms that its own SDK still reads. */
import type { Dialect, Meaning, RefusedAnswer } from '../answers.ts';
import { fieldOf, firstText, listOf, textOf } from '../read-json.ts';

/** "You cannot upload larger files" of its documents, in bytes. */
export const maxBytes = 52_428_800;

export const runflowDialect: Dialect = {
  wordsOf(body) {
    const error = fieldOf(body, 'error');
    const message =
      firstText(body, 'message') ??
      firstText(error, 'message') ??
      textOf(error) ??
      firstText(body, 'detail') ??
      firstText(body, 'code');
    const code = firstText(body, 'code') ?? firstText(error, 'code');
    const details = detailsOf(body);
    if (message === null && details === '') return null;
    const said = code === null || code === message ? (message ?? '') : `${code}: ${message ?? ''}`;
    return details === '' ? said : `${said} (${details})`;
  },
  meaningOf(refused) {
    return refused.status === 422 || refused.status === 400 ? refusedFile(refused) : undefined;
  },
};

/** The confirmation found no bytes, or the service has forgotten the upload. */
export function saysNotUploaded(words: string): boolean {
  return /not\s+(?:been\s+|yet\s+)*(?:uploaded|found|exist|received)|no\s+(?:such\s+)?(?:object|file|upload|bytes)|never\s+uploaded|missing\s+(?:object|file|upload)|incomplete/i.test(
    words,
  );
}

function refusedFile({ status, words }: RefusedAnswer): Meaning | undefined {
  if (saysNotUploaded(words)) return undefined;
  if (/mime|content.?type|media.?type|file.?type/i.test(words)) return { code: 'type-refused' };
  if (/size|too (?:large|big)|bytes|exceed/i.test(words))
    return { code: 'too-large', facts: { limitBytes: maxBytes } };
  if (/file.?name/i.test(words)) return { code: 'name-refused' };
  return status === 422 ? { code: 'rejected' } : undefined;
}

/** Of `errors` or a `detail` list: "size_bytes: too large". */
function detailsOf(body: unknown): string {
  const details = [...listOf(fieldOf(body, 'errors')), ...listOf(fieldOf(body, 'detail'))];
  return details
    .slice(0, 5)
    .map((detail) => {
      if (typeof detail === 'string') return detail;
      const place = firstText(detail, 'field', 'path', 'param') ?? listOf(fieldOf(detail, 'loc')).join('.');
      const words = firstText(detail, 'message', 'msg', 'error') ?? '';
      return [place, words].filter((part) => part !== '').join(': ');
    })
    .filter((words) => words !== '')
    .join('; ');
}
