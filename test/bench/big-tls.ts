/** 1 GiB by PUT over https: the transfer layer alone, and the whole engine, against curl on the same sink. */

import { join } from 'node:path';
import { createBenchHttp, sendFile, speedOf, timeEngine } from './support/big.ts';
import { checkContent } from './support/content.ts';
import { atShare, takeTurns, timed } from './support/effort.ts';
import { curlPut } from './support/programs.ts';
import { report } from './support/report.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeRandom } from './support/workspace.ts';

const sizeBytes = atShare(1024 ** 3);
const workspace = await makeWorkspace();
const path = join(workspace, 'large.bin');
await writeRandom(path, sizeBytes);
await checkContent(
  workspace,
  [path],
  async ({ secureOrigin, certFile }) => {
    const client = createBenchHttp(certFile);
    await sendFile(client, path, { method: 'PUT', url: `${secureOrigin}/put/large`, headers: {} });
    await client.close();
  },
  { isSecure: true },
);

const sink = await startSink(workspace, { isSecure: true });
const http = createBenchHttp(sink.certFile);
const url = `${sink.secureOrigin}/put/large`;
const [peer = [], layer = [], engine = []] = await takeTurns([
  async () => speedOf(sizeBytes, (await curlPut(path, url, sink.certFile)).ms),
  async () =>
    speedOf(sizeBytes, await timed(() => sendFile(http, path, { method: 'PUT', url, headers: {} }))),
  async () => speedOf(sizeBytes, await timeEngine(workspace, sink, sink.secureOrigin, path)),
]);
report('big-tls', {
  what: '1 GiB PUT by the transfer layer, with SHA-256 · curl -T',
  unit: 'MB/s',
  ours: layer,
  peer,
  target: { of: 'ratio', is: 'at-least', value: 0.9 },
});
report('big-tls', {
  what: '1 GiB from addFiles to completed · curl -T',
  unit: 'MB/s',
  ours: engine,
  peer,
  target: { of: 'ratio', is: 'at-least', value: 0.75 },
});
await http.close();
