/** A child that writes until it is killed, and says the number of each job that is on disk in its second state. */

import { openJournal } from '../../../electron/storage/index.ts';
import { inState, newFile, stateNamed } from './jobs.ts';
import { testClock, testSealer } from './journals.ts';

const directory = process.argv[2] ?? '';
const journal = await openJournal({ directory, clock: testClock(), sealer: testSealer() });
const { all } = await journal.counts({});
for (let number = all + 1; ; number += 1) {
  const [result] = await journal.enqueue([newFile(`/a/${number}`)]);
  if (result === undefined) throw new Error('No answer');
  const saved = await journal.save([{ job: inState(result.job, stateNamed('uploading')), entries: [] }]);
  if (!saved.saved) throw new Error('Refused');
  process.stdout.write(`${number}\n`);
}
