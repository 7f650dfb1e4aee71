/** The plainest upload that Node can do: a file stream piped into a request. */
import { createReadStream } from 'node:fs';
import { Agent, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as SecureAgent } from 'node:https';
import { pipeline } from 'node:stream/promises';

const agents = { plain: new Agent({ keepAlive: true }), secure: new SecureAgent({ keepAlive: true }) };

export interface RawPut {
  readonly path: string;
  readonly url: string;
  readonly sizeBytes: number;
  /** Of each piece that is read and written. */
  readonly pieceBytes: number;
  /** A certificate that is believed. */
  readonly ca?: Buffer;
}

export async function rawPut({ path, url, sizeBytes, pieceBytes, ca }: RawPut): Promise<void> {
  const isSecure = url.startsWith('https:');
  const options = { method: 'PUT', headers: { 'content-length': sizeBytes } };
  const request = isSecure
    ? requestHttps(url, { ...options, agent: agents.secure, ca })
    : requestHttp(url, { ...options, agent: agents.plain });
  const answered = new Promise<number>((resolve, reject) => {
    request.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('error', reject);
  });
  await pipeline(createReadStream(path, { highWaterMark: pieceBytes }), request);
  const status = await answered;
  if (status !== 200) throw new Error(`HTTP ${status}`);
}
