/** Sends one file and tells its hash and the most memory that this process ever held. */
import { systemClock } from '#ports/clock.ts';
import { createHttp, readFileVersion } from '#transfer';

const [, , path = '', url = ''] = process.argv;
const http = createHttp({ clock: systemClock, environment: {}, userAgent: 'hoist-test/1' });
const outcome = await http.transfer.send({
  path,
  expected: await readFileVersion(path, { followSymlink: false }),
  fileName: 'file.bin',
  mimeType: 'application/octet-stream',
  target: { method: 'PUT', url, headers: {} },
  followSymlink: false,
  allowPlainHttp: false,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});
await http.close();
if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
// maxRSS is in kilobytes on every system.
const mostBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ sha256: outcome.sha256, mostBytes }));
