/** Waits for a line, opens the directory of argv, and says what it sealed; then opens what others sealed. */
import { createInterface } from 'node:readline';
import { systemClock } from '#ports/clock.ts';
import { openSettings } from '#settings';

const directory = process.argv[2] ?? '';
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
process.stdout.write('ready\n');
await lines.next();
const host = { name: 'cli', keyWrap: null, trash: null } as const;
const store = await openSettings({ directory, host, clock: systemClock });
process.stdout.write(`${Buffer.from(store.sealer.seal(`by ${process.pid}`)).toString('base64')}\n`);
const other = String((await lines.next()).value);
process.stdout.write(`${store.sealer.open(Buffer.from(other, 'base64'))}\n`);
process.stdin.destroy();
