/** As much of S3 as rclone asks for: put, look at one, list a folder. Reads and counts, keeps names and sizes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Counts } from './counts.ts';

interface Stored {
  readonly sizeBytes: number;
  /** rclone keeps a file's time in a header of its own, and asks for it again. */
  readonly mtime: string;
}

export function createObjects() {
  const objects = new Map<string, Stored>();

  function put(request: IncomingMessage, response: ServerResponse, path: string, counts: Counts): void {
    counts.puts += 1;
    if (counts.firstPutAt === 0) counts.firstPutAt = Date.now();
    if (objects.has(path)) counts.aboutFinished += 1;
    let sizeBytes = 0;
    request.on('data', (part: Buffer) => {
      sizeBytes += part.length;
      counts.bytes += part.length;
    });
    request.on('end', () => {
      if (sizeBytes !== Number(request.headers['content-length'])) {
        request.destroy();
        return;
      }
      objects.set(path, { sizeBytes, mtime: String(request.headers['x-amz-meta-mtime'] ?? '') });
      counts.lastPutAt = Date.now();
      response.writeHead(200, { etag: '"0123456789abcdef"', 'content-length': 0 });
      response.end();
    });
  }

  function list(response: ServerResponse, prefix: string): void {
    const found = [...objects].filter(([path]) => path.startsWith(`/bucket/${prefix}`));
    const contents = found.map(
      ([path, { sizeBytes }]) =>
        `<Contents><Key>${path.slice('/bucket/'.length)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"0123456789abcdef"</ETag><Size>${sizeBytes}</Size></Contents>`,
    );
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
    );
  }

  return {
    serve(request: IncomingMessage, response: ServerResponse, counts: Counts): void {
      const url = new URL(request.url ?? '/', 'http://sink');
      const path = decodeURIComponent(url.pathname);
      if (request.method === 'PUT') {
        put(request, response, path, counts);
        return;
      }
      counts.others += 1;
      request.resume();
      if (request.method === 'GET') {
        list(response, url.searchParams.get('prefix') ?? '');
        return;
      }
      const known = objects.get(path);
      if (known === undefined) {
        response.statusCode = 404;
        response.end();
        return;
      }
      counts.aboutFinished += 1;
      response.writeHead(200, {
        'content-length': known.sizeBytes,
        'x-amz-meta-mtime': known.mtime,
        etag: '"0123456789abcdef"',
        'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
      });
      response.end();
    },
  };
}
