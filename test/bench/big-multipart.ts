/** 1 GiB as a form of eight fields and the file: against curl, and its memory against the documented sample's. */
import { join } from 'node:path';
import { speedOf } from './support/big.ts';
import { checkContent } from './support/content.ts';
import { atShare, takeTurns } from './support/effort.ts';
import { sendInOwnProcess } from './support/in-own-process.ts';
import { curlForm, run } from './support/programs.ts';
import { report } from './support/report.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeRandom } from './support/workspace.ts';

const sizeBytes = atShare(1024 ** 3);
const fields = Array.from({ length: 8 }, (_, index): [string, string] => [
  `field-${index}`,
  `value ${index}`,
]);
const workspace = await makeWorkspace();
const path = join(workspace, 'large.bin');
await writeRandom(path, sizeBytes);
const sink = await startSink(workspace);
const url = `${sink.origin}/put/form`;
const memory = { ours: [] as number[], sample: [] as number[] };
await checkContent(workspace, [path], async ({ origin }) => {
  await sendInOwnProcess(path, { method: 'POST', url: `${origin}/put/form`, fields, fileField: 'file' });
});
const sample = join(import.meta.dirname, 'peers/sample-form.ts');

const [peer = [], ours = [], sampled = []] = await takeTurns([
  async () => speedOf(sizeBytes, (await curlForm(path, url, fields)).ms),
  async (round) => {
    const { ms, peakMib } = await sendInOwnProcess(path, { method: 'POST', url, fields, fileField: 'file' });
    if (round > 0) memory.ours.push(peakMib);
    return speedOf(sizeBytes, ms);
  },
  async (round) => {
    const { ms, stdout } = await run(process.execPath, [sample, path, url]);
    if (round > 0) memory.sample.push(Number(stdout) / 1024);
    return speedOf(sizeBytes, ms);
  },
]);
report('big-multipart', {
  what: '1 GiB POST, with SHA-256 · curl -F',
  unit: 'MB/s',
  ours,
  peer,
  target: { of: 'ratio', is: 'at-least', value: 0.7 },
});
report('big-multipart', {
  what: 'the same · readFile + FormData + fetch',
  unit: 'MB/s',
  ours,
  peer: sampled,
  target: null,
});
report('big-multipart', {
  what: 'peak memory · readFile + FormData + fetch',
  unit: 'MiB',
  ours: memory.ours,
  peer: memory.sample,
  target: { of: 'ratio', is: 'at-most', value: 0.05 },
});
