/**
 * `npm run bench`: every measurement of this folder, one after the other, each in a process of its own, and one table at
 * the end; `-- NAME…` runs those. `--quick` tries them out on a small share of the work: such numbers mean nothing.
 * `--markdown` prints the table for a page. Ratios travel from machine to machine, absolute numbers do not.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './support/machine.ts';
import type { Row } from './support/row.ts';
import { showMarkdown, showTable } from './support/table.ts';

const directory = import.meta.dirname;
const names = readdirSync(directory, { withFileTypes: true })
  .filter(
    (file) => file.isFile() && file.name.endsWith('.ts') && file.name !== basename(import.meta.filename),
  )
  .map((file) => basename(file.name, '.ts'))
  .sort();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, markdown: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no measurement called ${unknown.join(', ')}. There are: ${names.join(', ')}.\n`,
  );
  process.exit(2);
}

/** Runs one measurement; answers its rows, and whether it came to its end. */
async function measure(name: string): Promise<{ readonly rows: readonly Row[]; readonly isWhole: boolean }> {
  const rows: Row[] = [];
  const child = spawn(process.execPath, [join(directory, `${name}.ts`)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...(values.quick ? { HOIST_BENCH_SHARE: '0.02' } : {}) },
  });
  child.on('message', (row) => rows.push(row as Row));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', (code) => resolve(code));
  return { rows, isWhole: (await promise) === 0 };
}

process.stdout.write(`${describeMachine()}\n`);
const all: (readonly [string, Row])[] = [];
const broken: string[] = [];
for (const name of positionals.length === 0 ? names : positionals) {
  process.stdout.write(`\n## ${name}\n`);
  const { rows, isWhole } = await measure(name);
  all.push(...rows.map((row) => [name, row] as const));
  if (!isWhole) broken.push(name);
}
process.stdout.write(`\n${values.markdown ? showMarkdown(all) : showTable(all)}\n\n`);
const count = (is: (row: Row) => boolean) => all.filter(([, row]) => is(row)).length;
const busiest = Math.max(0, ...all.map(([, { load }]) => load));
process.stdout.write(
  `${count(({ isMet }) => isMet === true)} targets met, ${count(({ isMet }) => isMet === false)} missed, ${count(({ notMeasured }) => notMeasured !== null)} not measured. Load while measuring: up to ${busiest.toFixed(1)}.\n`,
);
if (values.quick) process.stdout.write('A quick run: none of these numbers means anything.\n');
if (broken.length > 0) process.stdout.write(`Did not come to their end: ${broken.join(', ')}.\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
