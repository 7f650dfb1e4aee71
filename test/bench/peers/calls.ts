/**
 * The three requests of a file, with nothing around them: no queue, no journal, no hash, no second look at the file. Once
 * with Node's own client, once with got, once with fetch, as services' documentation shows it.
 */
import { readFile } from 'node:fs/promises';
import { Agent, request as requestHttp } from 'node:http';
import { basename } from 'node:path';
import got from 'got';

export type Send = (
  method: 'POST' | 'PUT',
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string,
) => Promise<string>;

/** Reserve, PUT, confirm: one file, one request after the other. */
export async function threeCalls(send: Send, origin: string, path: string): Promise<void> {
  const bytes = await readFile(path);
  const json = { 'content-type': 'application/json' };
  const asked = { filename: basename(path), mime_type: 'image/jpeg', size_bytes: bytes.length };
  const reserved = JSON.parse(await send('POST', `${origin}/v1/asset-uploads`, json, JSON.stringify(asked)));
  await send('PUT', reserved.upload_url, { 'content-type': 'image/jpeg' }, bytes);
  await send('POST', `${origin}/v1/asset-uploads/${reserved.asset_id}/confirmations`, json, '{}');
}

export function rawSend(): Send {
  const agent = new Agent({ keepAlive: true });
  return (method, url, headers, body) =>
    new Promise((resolve, reject) => {
      const length = Buffer.byteLength(body);
      const request = requestHttp(
        url,
        { method, agent, headers: { ...headers, 'content-length': length } },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part) => {
            text += part;
          });
          response.on('end', () => {
            if (response.statusCode === 200) resolve(text);
            else reject(new Error(`HTTP ${response.statusCode}`));
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
}

/** `retryLimit`: with its own defaults else, but that it also sends a POST again. */
export function gotSend(retryLimit = 0): Send {
  const client = got.extend({
    agent: { http: new Agent({ keepAlive: true }) },
    retry: { limit: retryLimit, methods: ['POST', 'PUT'] },
  });
  return async (method, url, headers, body) => client(url, { method, headers, body }).text();
}

export const fetchSend: Send = async (method, url, headers, body) => {
  const response = await fetch(url, { method, headers, body });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
};
