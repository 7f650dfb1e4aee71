/** Peak memory of a process that sends 8 GiB against one that sends 64 MiB: it must not grow with the file. */
import { join } from 'node:path';
import { atShare, takeTurns } from './support/effort.ts';
import { sendInOwnProcess } from './support/in-own-process.ts';
import { report } from './support/report.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeSparse } from './support/workspace.ts';

const workspace = await makeWorkspace();
const sink = await startSink(workspace);
const [small, large] = [join(workspace, 'small.bin'), join(workspace, 'large.bin')];
await writeSparse(small, 64 * 1024 ** 2);
await writeSparse(large, atShare(8 * 1024 ** 3));
const target = { method: 'PUT', url: `${sink.origin}/put/sparse`, headers: {} } as const;
const peakOf = async (path: string) => (await sendInOwnProcess(path, target)).peakMib;

// Nothing of one process warms the next.
const [peer = [], ours = []] = await takeTurns([() => peakOf(small), () => peakOf(large)], {
  warmsUp: false,
});
const measured = { unit: 'MiB', ours, peer };
report('flat-memory', {
  ...measured,
  what: 'peak memory for 8 GiB · for 64 MiB',
  target: { of: 'ratio', is: 'at-most', value: 1.1 },
});
report('flat-memory', {
  ...measured,
  what: 'peak memory for 8 GiB, in MiB',
  target: { of: 'ours', is: 'at-most', value: 200 },
});
