/** What becomes of a command whose output cannot be written. */
import { getSystemErrorMessage } from 'node:util';
import { exitCodes } from './exit-code.ts';
import type { Output } from './surroundings.ts';
import { outputLost } from './texts.ts';

export interface GuardedOutputs {
  /** The exit code of a command that ended with this one: without its whole answer, nothing is "all well". */
  exitCode(code: number): number;
}

/**
 * Uploads go on whatever happens to the terminal or the file behind stdout: their links can be had later. A reader that
 * has seen enough (`hoist links | head`) is no error. All else (a full disk) is said once. `onLoss` comes with the first
 * loss, also when that is after the command's own end.
 */
export function guardOutputs(stdout: Output, stderr: Output, onLoss: () => void): GuardedOutputs {
  let hasFailed = false;
  let isLost = false;
  stderr.on('error', () => {
    // There is nowhere left to say it.
  });
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (hasFailed) return;
    hasFailed = true;
    if (error.code === 'EPIPE' || error.code === 'EIO') return;
    isLost = true;
    stderr.write(`hoist: ${outputLost(reasonOf(error))}\n`);
    onLoss();
  });
  return { exitCode: (code) => (isLost && code === exitCodes.ok ? exitCodes.failed : code) };
}

/** "no space left on device" */
const reasonOf = ({ errno, message }: NodeJS.ErrnoException): string =>
  errno === undefined ? message : getSystemErrorMessage(errno);
