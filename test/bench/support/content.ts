/** The round that is not timed: what arrives is what was sent. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Sink, startSink } from './sink/start.ts';

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** `send` brings these files to a sink that hashes; throws unless exactly they arrived there. */
export async function checkContent(
  workspace: string,
  paths: readonly string[],
  send: (sink: Sink) => Promise<void>,
  options: { readonly isSecure?: boolean } = {},
): Promise<void> {
  const sink = await startSink(workspace, { ...options, hashes: true });
  await send(sink);
  const { sha256 } = await sink.stats();
  sink.close();
  const arrived = Object.values(sha256).sort();
  const expected = (await Promise.all(paths.map(sha256Of))).sort();
  if (JSON.stringify(arrived) !== JSON.stringify(expected))
    throw new Error('What arrived is not what was sent.');
}
