/** Starts a server that reads and counts, in a process of its own: what it costs is nobody's of those measured. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeCertificate } from '../../../support/certificate.ts';
import type { SinkOptions, SinkStats } from './options.ts';

export interface Sink {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** `https://localhost:port`; empty unless it is secure. */
  readonly secureOrigin: string;
  /** Of whoever signed its certificate; empty unless it is secure. */
  readonly certFile: string;
  stats(): Promise<SinkStats>;
  /** What was counted, which then begins anew. */
  reset(): Promise<SinkStats>;
  close(): void;
}

export async function startSink(workspace: string, options: SinkOptions = {}): Promise<Sink> {
  const certificate = options.isSecure === true ? await makeCertificate(workspace) : null;
  const files =
    certificate === null ? {} : { certFile: certificate.certFile, keyFile: join(workspace, 'key.pem') };
  const child = fork(join(import.meta.dirname, 'process.ts'), [JSON.stringify({ ...options, ...files })]);
  const [{ port, securePort }] = await once(child, 'message');
  // The measurement ends when its own work does.
  child.unref();
  child.channel?.unref();
  return {
    origin: `http://127.0.0.1:${port}`,
    secureOrigin: securePort === null ? '' : `https://localhost:${securePort}`,
    certFile: certificate?.certFile ?? '',
    stats: () => ask(child, 'stats'),
    reset: () => ask(child, 'reset'),
    close: () => void child.kill(),
  };
}

async function ask(child: ChildProcess, what: 'stats' | 'reset'): Promise<SinkStats> {
  child.channel?.ref();
  const answered = once(child, 'message');
  child.send(what);
  const [stats] = await answered;
  child.channel?.unref();
  return stats;
}
