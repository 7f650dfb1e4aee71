import { ContractError } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { reasonOf } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { copyWords as words } from '../words/copy.ts';
import type { WantedFormat } from './copy-format.ts';
import { type CopyOutcome, type CopyResult, outcomeOf } from './copy-outcome.ts';
import { sayOfCopy } from './copy-said.ts';

export { copyFormatEntries, defaultFormat, formatChoices, type WantedFormat } from './copy-format.ts';

type Context = Pick<WindowContext, 'api' | 'host'>;

/** A service is asked for so many addresses at once. */
const parallel = 6;
/** Who waits longer than this is told that something goes on, and can stop it. */
const patienceMs = 600;

/**
 * Copies the links of completed jobs, a line each, in the order of `ids`, and says so; short-lived addresses are signed
 * anew. Never rejects: what could not be copied is told, with its reason.
 */
export async function copyLinks(
  context: Context,
  ids: readonly JobId[],
  format: WantedFormat,
): Promise<void> {
  if (ids.length === 0) return;
  const results = await askForAll(context, ids, format);
  if (results === null) return;
  await give(context, outcomeOf(results, format, Date.now()));
}

/** Null: the person stopped it. */
async function askForAll(
  { api }: Context,
  ids: readonly JobId[],
  format: WantedFormat,
): Promise<readonly CopyResult[] | null> {
  const results: CopyResult[] = [];
  let next = 0;
  let isStopped = false;
  let endWaiting = () => {};
  const patience = setTimeout(() => {
    endWaiting = toast({
      title: words.asking(ids.length),
      tone: 'accent',
      durationMs: 0,
      action: { label: words.stop, run: () => (isStopped = true) },
    });
  }, patienceMs);
  const work = async () => {
    for (let index = next++; index < ids.length && !isStopped; index = next++) {
      const id = ids[index];
      if (id === undefined) return;
      results[index] = await api.copyLink(id, format).then(
        (link) => ({ link }),
        (error) => ({ reason: wordsOf(error) }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, ids.length) }, work));
  clearTimeout(patience);
  endWaiting();
  return isStopped ? null : results;
}

/** The engine's own sentence says more than "there is no such thing". */
function wordsOf(error: unknown): string {
  if (!(error instanceof ContractError)) return reasonOf(error);
  const { code, message } = error.failure;
  return code === 'not-found' && message !== '' ? message : reasonOf(error);
}

async function give({ host }: Context, { text, count, title, details, tone }: CopyOutcome): Promise<void> {
  if (text === null) {
    sayOfCopy({ title, text: details, tone });
    return;
  }
  try {
    await host.copyText(text);
    sayOfCopy({ title, text: details, tone });
  } catch {
    // Some browsers open the clipboard only within a press, and this one is too long ago.
    sayOfCopy({
      title: words.clipboardClosed(count),
      text: words.pressToCopy,
      durationMs: 0,
      action: { label: words.copy, run: () => void copyNow({ host }, text, title, details) },
    });
  }
}

async function copyNow(
  { host }: Pick<Context, 'host'>,
  text: string,
  title: string,
  details: string | undefined,
): Promise<void> {
  try {
    await host.copyText(text);
    sayOfCopy({ title, text: details, tone: 'ok' });
  } catch (error) {
    sayOfCopy({ title: words.nothingCopied(1), text: reasonOf(error), tone: 'bad' });
  }
}
