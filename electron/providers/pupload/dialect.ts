/** Pupload's refusals are plain text, one line; its overview also shows `{ error }`. */
import type { Dialect, Meaning } from '../answers.ts';
import { firstText } from '../read-json.ts';

export const puploadDialect: Dialect = {
  wordsOf: (body) => firstText(body, 'error', 'message'),
};

/** For the calls that start a flow run. */
export const startDialect: Dialect = {
  ...puploadDialect,
  meaningOf({ status, words }) {
    if (status === 400) return { code: 'flow-invalid' };
    if (status === 404) return { code: 'flow-invalid' };
    return status === 500 ? refusedStart(words) : undefined;
  },
};

/** "unable to run flow: <reason>": worth another try only where it names the store's network. */
function refusedStart(words: string): Meaning | undefined {
  const reason = /unable to run flow:?\s*(.*)/is.exec(words)?.[1];
  if (reason === undefined) return undefined;
  if (/bucket.*does not exist|NoSuchBucket/i.test(reason)) return { code: 'store-missing' };
  if (/s3 store at|dial tcp|timeout|connection|no such host|refused|unreachable|EOF/i.test(reason))
    return { code: 'server-error' };
  // "invalid flow", "store <name> does not exist" (its Params were rejected), and whatever else the flow is to blame for.
  return { code: 'flow-invalid' };
}

export function isUnknownRun(status: number, text: string): boolean {
  return status === 400 && /flow run does not exist/i.test(text);
}
