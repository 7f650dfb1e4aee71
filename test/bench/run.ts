/**
 * `npm run bench`: every measurement of this folder, one after the other, each in a process of its own; `-- NAME` runs one
 * (`npm run bench -- journal`). Prints what machine it ran on: ratios travel, absolute numbers do not.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';

const directory = import.meta.dirname;
const names = readdirSync(directory, { withFileTypes: true })
  .filter(
    (file) => file.isFile() && file.name.endsWith('.ts') && file.name !== basename(import.meta.filename),
  )
  .map((file) => basename(file.name, '.ts'))
  .sort();

const [wanted, ...rest] = process.argv.slice(2);
if (wanted !== undefined && !names.includes(wanted)) {
  console.error(`There is no measurement called ${wanted}. There are: ${names.join(', ')}.`);
  process.exit(2);
}

const [cpu] = cpus();
console.log(
  `${new Date().toISOString().slice(0, 10)} · ${cpu?.model.trim() ?? 'unknown processor'} × ${cpus().length}`,
);
console.log(
  `${Math.round(totalmem() / 1024 ** 3)} GiB · ${process.platform} ${process.arch} · Node ${process.versions.node} · SQLite ${process.versions.sqlite}`,
);
let failures = 0;
for (const name of wanted === undefined ? names : [wanted]) {
  console.log(`\n## ${name}`);
  const { status } = spawnSync(process.execPath, [join(directory, `${name}.ts`), ...rest], {
    stdio: 'inherit',
  });
  if (status !== 0) failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
