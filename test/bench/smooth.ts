/**
 * How long the main loop is kept from its other work while files go out over https at full speed, with 8 and with 100 uploads;
 * and what a window that looks at them is told meanwhile.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createSession } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import { pushMessage } from '#shared/wire.ts';
import { inParallel } from './peers/in-parallel.ts';
import { rawPut } from './peers/raw-put.ts';
import { createBenchHttp, sendFile } from './support/big.ts';
import { atShare, takeTurns, timed } from './support/effort.ts';
import { openBenchEngine } from './support/engine.ts';
import { report } from './support/report.ts';
import { startSink } from './support/sink/start.ts';
import { makeWorkspace, writeSparse } from './support/workspace.ts';

/** As large as ours. */
const pieceBytes = 512 * 1024;
const fileBytes = 32 * 1024 ** 2;
const shown = 50;
const workspace = await makeWorkspace();
const files = join(workspace, 'files');
await mkdir(files);
const paths = Array.from({ length: 100 }, (_, index) => join(files, `${index}.bin`));
await Promise.all(paths.map((path) => writeSparse(path, fileBytes)));
const sink = await startSink(workspace, { isSecure: true });
const ca = await readFile(sink.certFile);
const http = createBenchHttp(sink.certFile);
const urlOf = (path: string) => `${sink.secureOrigin}/put/${path.length}`;

/** p99, in ms, of how late a timer of 1 ms came while the work went on. */
async function delayWhile(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.percentile(99) / 1e6;
}

const raw = (lanes: number, some: readonly string[]) =>
  delayWhile(() =>
    inParallel(some, lanes, (path) =>
      rawPut({ path, url: urlOf(path), sizeBytes: fileBytes, pieceBytes, ca }),
    ),
  );
const layer = (lanes: number, some: readonly string[]) =>
  delayWhile(() =>
    inParallel(some, lanes, (path) => sendFile(http, path, { method: 'PUT', url: urlOf(path), headers: {} })),
  );

const told = { messages: [] as number[], bytes: [] as number[], full: [] as number[] };

/** The engine with a window that looks at the first rows; counts what it is told. */
async function engine(some: readonly string[], round: number): Promise<number> {
  const bench = await openBenchEngine({
    workspace,
    kind: 'cyberun',
    origin: `${sink.secureOrigin}/api/v1`,
    certFile: sink.certFile,
    lanes: 8,
  });
  let messages = 0;
  let bytes = 0;
  const session = createSession(bench.engine, systemClock, (round) => {
    messages += 1;
    bytes += pushMessage(round).length;
    return true;
  });
  await session.dispatch('view', [Array.from({ length: shown }, (_, index) => index + 1)]);
  let ms = 0;
  const delayMs = await delayWhile(async () => {
    ms = await timed(() => bench.upload(some, some.length));
  });
  const rows = await bench.engine.listJobs({
    filter: {},
    sort: 'added',
    direction: 'ascending',
    cursor: null,
    limit: 1000,
  });
  await session.close();
  await bench.close();
  if (round > 0) {
    told.messages.push((messages * 1000) / ms);
    told.bytes.push((bytes * 1000) / ms);
    // Every row, ten times a second, of a queue as long as they get.
    told.full.push((JSON.stringify(rows.rows).length / rows.rows.length) * 100_000 * 10);
  }
  return delayMs;
}

const few = paths.slice(0, atShare(64, 8));
const [raw8 = [], engine8 = []] = await takeTurns([() => raw(8, few), (round) => engine(few, round)]);
report('smooth', {
  what: 'event-loop delay p99 with 8 uploads, engine and window',
  unit: 'ms',
  ours: engine8,
  peer: raw8,
  target: { of: 'ours', is: 'at-most', value: 20 },
});
report('smooth', {
  what: 'the same, 8 uploads · bare node:https',
  unit: 'ms',
  ours: engine8,
  peer: raw8,
  target: { of: 'ratio', is: 'at-most', value: 1.5 },
});
const many = paths.slice(0, atShare(100, 8));
const [raw100 = [], layer100 = []] = await takeTurns([() => raw(100, many), () => layer(100, many)]);
report('smooth', {
  what: 'event-loop delay p99 with 100 uploads at once, transfer layer',
  unit: 'ms',
  ours: layer100,
  peer: raw100,
  target: { of: 'ours', is: 'at-most', value: 20 },
});
report('smooth', {
  what: 'the same, 100 uploads · bare node:https',
  unit: 'ms',
  ours: layer100,
  peer: raw100,
  target: { of: 'ratio', is: 'at-most', value: 1.5 },
});
report('smooth', {
  what: 'bytes a second to a window · all of 100,000 rows at 10 Hz',
  unit: 'B/s',
  ours: told.bytes,
  peer: told.full,
  target: { of: 'ratio', is: 'at-most', value: 0.001 },
});
report('smooth', {
  what: 'messages a second to a window',
  unit: '/s',
  ours: told.messages,
  peer: null,
  target: { of: 'ours', is: 'at-most', value: 10 },
});
await http.close();
