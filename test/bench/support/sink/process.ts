/** The sink's own process: ready when it says so, ends with its parent. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SinkStats } from './options.ts';
import { createService } from './service.ts';

const { certFile, keyFile, ...options } = JSON.parse(process.argv[2] ?? '{}');
const service = createService(options);
const patience = { keepAliveTimeout: 60_000, requestTimeout: 0 };
const plain = createServer(patience, (request, response) => service.serve(request, response));
const secure =
  certFile === undefined
    ? null
    : createSecureServer(
        { ...patience, cert: readFileSync(certFile), key: readFileSync(keyFile) },
        (request, response) => service.serve(request, response),
      );

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  return (server.address() as AddressInfo).port;
}

const port = await listen(plain);
const securePort = secure === null ? null : await listen(secure);
process.on('message', (asked) => {
  const { counts } = service;
  const stats: SinkStats = { ...counts, sha256: Object.fromEntries(counts.sha256) };
  if (asked === 'reset') service.reset();
  process.send?.(stats);
});
process.once('disconnect', () => process.exit(0));
process.send?.({ port, securePort });
