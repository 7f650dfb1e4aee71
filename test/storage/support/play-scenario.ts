/** A child that plays the scenario, says what is to be seen after each step, and is killed at a given write. */
import { writeSync } from 'node:fs';
import { openJournal } from '../../../electron/storage/index.ts';
import { testClock, testSealer } from './journals.ts';
import { lookAt, scenario } from './scenario.ts';

const [, , directory = '', number = '1'] = process.argv;
const journal = await openJournal({
  directory,
  clock: testClock(),
  sealer: testSealer(),
  faults: { atWrite: { number: Number(number), does: 'kill' } },
});
const say = async () => writeSync(1, `${JSON.stringify(await lookAt(journal))}\n`);
await say();
for (const step of scenario) {
  await step(journal);
  await say();
}
