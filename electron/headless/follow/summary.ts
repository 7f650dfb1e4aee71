import { exitCodeOf } from '../exit-code.ts';
import { summaryText } from '../texts.ts';
import type { Ledger } from './ledger.ts';
import type { Reporter } from './reporter.ts';

export interface SummaryOptions {
  readonly refused: number;
  readonly ignored: number;
  /** Where it is not what the numbers say. */
  readonly exitCode?: number;
  /** Said last of all. */
  readonly remarks?: readonly string[];
}

/** The last words of a command that followed jobs, and its exit code. */
export function tellSummary(ledger: Ledger, reporter: Reporter, options: SummaryOptions): number {
  const numbers = ledger.numbers();
  const ends = { ...numbers, refused: options.refused };
  const exitCode = options.exitCode ?? exitCodeOf(ends);
  const { completed, failed, blocked, canceled, left } = numbers;
  reporter.event({
    type: 'summary',
    completed,
    failed,
    blocked,
    canceled,
    refused: options.refused,
    ignored: options.ignored,
    left,
    bytes: numbers.bytesCompleted,
    exitCode,
  });
  for (const line of [summaryText(ends), ...reporter.waysOn(), ...(options.remarks ?? [])])
    reporter.say(line);
  return exitCode;
}
