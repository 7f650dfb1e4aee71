/** A process that opens an engine on a data directory as a host does: tells when its first answers were there, and its memory. */

import { timed } from './effort.ts';
import { openBenchEngine } from './engine.ts';

const [dataDir = ''] = process.argv.slice(2);
let close = async () => {};
const ms = await timed(async () => {
  const bench = await openBenchEngine({
    dataDir,
    workspace: dataDir,
    kind: 'runflow',
    origin: 'http://127.0.0.1:9',
    lanes: 4,
  });
  close = bench.close;
  await bench.engine.snapshot();
  await bench.engine.listJobs({
    filter: {},
    sort: 'added',
    direction: 'descending',
    cursor: null,
    limit: 100,
  });
});
process.stdout.write(JSON.stringify({ ms, mib: process.memoryUsage.rss() / 1024 ** 2 }));
await close();
