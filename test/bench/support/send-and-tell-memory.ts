/** A process of its own for one upload by the transfer layer: tells its time (ms) and its peak memory (KiB). */
import type { UploadTarget } from '#ports/reservation.ts';
import { createBenchHttp, sendFile } from './big.ts';
import { timed } from './effort.ts';

const [path = '', target = ''] = process.argv.slice(2);
const http = createBenchHttp('');
const ms = await timed(() => sendFile(http, path, JSON.parse(target) as UploadTarget));
await http.close();
process.stdout.write(JSON.stringify({ ms, peakKib: process.resourceUsage().maxRSS }));
