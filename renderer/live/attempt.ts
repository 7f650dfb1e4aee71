import { explainFailure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';

/** Does what a person asked for; where it fails, a toast says why and what to do. Answers null then. */
export async function attempt<T>(
  work: Promise<T>,
  title: string = common.somethingFailed,
): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    toast({ title, text: reasonOf(error), tone: 'bad' });
    return null;
  }
}

/** Why something failed and what to do, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ContractError)) return String(error);
  const { reason, hint } = explainFailure(error.failure);
  // A fault of the request itself is only said by its message.
  const said =
    error.failure.code === 'invalid' && error.failure.message !== '' ? error.failure.message : reason;
  return hint === '' ? said : `${said} ${hint}`;
}
