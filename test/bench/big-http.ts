/** 1 GiB by PUT over plain http: the transfer layer against a bare Node pipeline, and against rclone. */
import { join } from 'node:path';
import { rawPut } from './peers/raw-put.ts';
import { createBenchHttp, sendFile, speedOf } from './support/big.ts';
import { checkContent } from './support/content.ts';
import { atShare, type Side, takeTurns, timed } from './support/effort.ts';
import { rcloneArguments, rcloneEnvironment, rcloneMissing, run } from './support/programs.ts';
import { report } from './support/report.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeRandom } from './support/workspace.ts';

const sizeBytes = atShare(1024 ** 3);
/** As large as ours. */
const pieceBytes = 512 * 1024;
const workspace = await makeWorkspace();
const path = join(workspace, 'large.bin');
await writeRandom(path, sizeBytes);
const sink = await startSink(workspace);
const http = createBenchHttp('');
const url = `${sink.origin}/put/large`;
const missing = rcloneMissing();
await checkContent(workspace, [path], ({ origin }) =>
  sendFile(http, path, { method: 'PUT', url: `${origin}/put/large`, headers: {} }),
);

const rclone: Side = async () => {
  // Kept in mind, it would be left alone the second time.
  const target = `:s3:bucket/large-${performance.now()}`;
  return speedOf(
    sizeBytes,
    (await run('rclone', ['copyto', ...rcloneArguments(sink.origin), path, target], rcloneEnvironment)).ms,
  );
};
const [raw = [], ours = [], cloned = []] = await takeTurns([
  async () => speedOf(sizeBytes, await timed(() => rawPut({ path, url, sizeBytes, pieceBytes }))),
  async () =>
    speedOf(sizeBytes, await timed(() => sendFile(http, path, { method: 'PUT', url, headers: {} }))),
  ...(missing === null ? [rclone] : []),
]);
report('big-http', {
  what: '1 GiB PUT, with SHA-256 · bare node:http without',
  unit: 'MB/s',
  ours,
  peer: raw,
  target: { of: 'ratio', is: 'at-least', value: 0.9 },
});
const against = '1 GiB PUT, with SHA-256 · rclone, S3 PUT';
report(
  'big-http',
  missing !== null
    ? { what: against, why: missing }
    : {
        what: against,
        unit: 'MB/s',
        ours,
        peer: cloned,
        target: { of: 'ratio', is: 'at-least', value: 3 },
      },
);
await http.close();
