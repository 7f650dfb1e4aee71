/** Cyberun's refusals: `{ error_message }`. It documents no codes. */
import type { Dialect } from '../answers.ts';
import { fieldOf, firstText, textOf } from '../read-json.ts';

export const cyberunDialect: Dialect = {
  wordsOf(body) {
    const error = fieldOf(body, 'error');
    return firstText(body, 'error_message', 'message') ?? firstText(error, 'message') ?? textOf(error);
  },
  meaningOf({ status, words }) {
    if (status !== 400 && status !== 422) return undefined;
    // A user's JWT without X-Team-ID is answered with 400.
    if (/team/i.test(words)) return { code: 'forbidden' };
    // Which status an oversize file gets is not documented.
    if (/too (?:large|big)|exceed|maximum|size limit|limit of/i.test(words)) return { code: 'too-large' };
    if (/content.?type|mime|file.?type/i.test(words)) return { code: 'type-refused' };
    if (/file.?name/i.test(words)) return { code: 'name-refused' };
    return undefined;
  },
};
