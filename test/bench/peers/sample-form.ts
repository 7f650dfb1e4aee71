/** A form upload as services' own documentation shows it: the whole file, a FormData, a fetch. Prints its peak memory. */
import { readFile } from 'node:fs/promises';

const [path = '', url = ''] = process.argv.slice(2);
const form = new FormData();
form.append('file', new Blob([await readFile(path)]), 'large.bin');
const response = await fetch(url, { method: 'POST', body: form });
if (!response.ok) throw new Error(`HTTP ${response.status}`);
process.stdout.write(String(process.resourceUsage().maxRSS));
