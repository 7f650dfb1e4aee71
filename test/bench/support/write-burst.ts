/** A process that writes empty files as fast as it can: `directory count`. Says `done` and ends. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory = '', count = '0'] = process.argv.slice(2);
for (let first = 0; first < Number(count); first += 1000) {
  const folder = join(directory, `burst-${first / 1000}`);
  mkdirSync(folder, { recursive: true });
  const last = Math.min(first + 1000, Number(count));
  for (let index = first; index < last; index += 1) writeFileSync(join(folder, `IMG_${index}.jpg`), '');
}
