/** Hands a row to whoever runs the measurement, and shows it at once. */
import { loadavg } from 'node:os';
import { type Measured, type NotMeasured, rowOf } from './row.ts';
import { showTable } from './table.ts';

export function report(name: string, measured: Measured | NotMeasured): void {
  const row = rowOf(measured, loadavg()[0] ?? 0);
  process.stdout.write(
    `${showTable([[name, row]])
      .split('\n')
      .slice(1)
      .join('\n')}\n`,
  );
  process.send?.(row);
}
