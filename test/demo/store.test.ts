import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoOptions, DemoService } from '#demo';
import { ask, bearer, demo, fakeClock, sha256, storeCode, temporaryDirectory } from './support.ts';

const file = Buffer.from('<svg onload="alert(1)"/>');

/** A Runflow target: the store's own rules are the same for all who sign PUTs. */
async function target(
  service: DemoService,
  type = 'image/svg+xml',
  size = file.length,
): Promise<{ id: string; url: string }> {
  const { baseUrl, key } = service.address.runflow;
  const body = { filename: 'x.svg', mime_type: type, size_bytes: size };
  const { json } = await ask(`${baseUrl}/v1/asset-uploads`, { method: 'POST', body, headers: bearer(key) });
  return { id: json.asset_id, url: json.upload_url };
}

const put = (url: string, headers = {}, body: Buffer = file) =>
  ask(url, { method: 'PUT', body, headers: { 'content-type': 'image/svg+xml', ...headers } });

describe('the store', () => {
  it.each([
    ['a longer life', (url: string) => url.replace('X-Amz-Expires=900', 'X-Amz-Expires=9000')],
    ['another signature', (url: string) => url.replace(/X-Amz-Signature=./, 'X-Amz-Signature=g')],
    ['another object', (url: string) => url.replace('/original?', '/other?')],
    ['fewer signed headers', (url: string) => url.replace('content-length%3B', '')],
    ['one more parameter', (url: string) => `${url}&x-id=PutObject`],
  ])('refuses a URL that was given %s', async (_name, tamper) => {
    const service = await demo();
    const { url } = await target(service);
    expect(tamper(url)).not.toBe(url);
    const reply = await put(tamper(url));
    expect([reply.status, storeCode(reply)]).toEqual([403, 'SignatureDoesNotMatch']);
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 0, sizeBytes: null });
  });

  it('refuses another method and no signature at all', async () => {
    const { url } = await target(await demo());
    expect(storeCode(await ask(url))).toBe('SignatureDoesNotMatch');
    expect(storeCode(await put(url.split('?')[0] ?? ''))).toBe('AccessDenied');
  });

  it('refuses a credential beside the signature, and counts it', async () => {
    const service = await demo();
    const { url } = await target(service);
    const reply = await put(url, bearer(service.address.runflow.key));
    expect([reply.status, storeCode(reply)]).toEqual([400, 'InvalidArgument']);
    expect(reply.text).toContain('Only one auth mechanism allowed');
    expect(service.stats().leakedCredentials).toBe(1);
  });

  it('refuses a chunked body', async () => {
    const { url } = await target(await demo());
    const reply = await ask(url, {
      method: 'PUT',
      body: file,
      isChunked: true,
      headers: { 'content-type': 'image/svg+xml' },
    });
    expect([reply.status, storeCode(reply)]).toEqual([411, 'MissingContentLength']);
  });

  it('stores nothing of a body that is shorter than it said', async () => {
    const service = await demo();
    const { url } = await target(service);
    const { host, port, pathname, search } = new URL(url);
    const raw = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.once('error', reject);
      socket.once('close', () => resolve(received));
      socket.once('end', () => socket.end());
      const head = `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: image/svg+xml\r\nContent-Length: ${file.length}\r\n\r\n`;
      socket.write(`${head}short`);
      socket.end();
    });
    expect(raw).toMatch(/^HTTP\/1.1 400 /);
    expect(raw).toContain('<Code>IncompleteBody</Code>');
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 0, sizeBytes: null });
    expect((await put(url)).status).toBe(200);
  });

  it('learns that its clock and the signer’s differ', async () => {
    const service = await demo();
    const { url } = await target(service);
    service.setFaults({ storeSkewMs: -3_600_000 });
    const skewed = await put(url);
    expect([skewed.status, storeCode(skewed)]).toEqual([403, 'RequestTimeTooSkewed']);
    expect(skewed.text).toContain('<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>');
    service.setFaults({ storeSkewMs: 3_600_000 });
    expect((await put(url)).text).toContain('Request has expired');
    service.setFaults({ storeSkewMs: null });
    expect((await put(url)).status).toBe(200);
  });

  it('never lets a browser run what was uploaded', async () => {
    const service = await demo();
    const { id, url } = await target(service);
    await put(url);
    const { baseUrl, key } = service.address.runflow;
    const asset = await ask(`${baseUrl}/v1/asset-uploads/${id}/confirmations`, {
      method: 'POST',
      headers: bearer(key),
    });
    const { headers, bytes } = await ask(asset.json.url);
    expect(bytes.equals(file)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const head = await ask(asset.json.url, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.text]).toEqual([200, String(file.length), '']);
  });

  it('refuses a name that leads here from elsewhere, and forms of web pages', async () => {
    const { address } = await demo();
    const { projectId, flowName, baseUrl } = address.pupload;
    const start = `${baseUrl}/project/${projectId}/flows/${flowName}`;
    expect((await ask(start, { method: 'POST', headers: { host: 'evil.example:80' } })).status).toBe(403);
    expect((await ask(start, { method: 'POST', headers: { origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    expect((await ask(start, { method: 'POST' })).status).toBe(200);
  });

  it('replaces an object whole', async () => {
    const service = await demo();
    const { url } = await target(service);
    await put(url);
    const other = Buffer.from(file.toString().replace('alert', 'ALERT'));
    await put(url, {}, other);
    expect(service.stats().uploads[0]).toMatchObject({ sha256: sha256(other), bodies: 2 });
  });
});

async function fill(
  options: Partial<DemoOptions>,
  count: number,
  size: number,
): Promise<{ service: DemoService; directory: string }> {
  const directory = await temporaryDirectory();
  const clock = fakeClock();
  const service = await demo({ ...options, directory, clock });
  for (let index = 0; index < count; index += 1) {
    clock.advance(1);
    const { url } = await target(service, 'text/plain', size);
    const reply = await put(url, { 'content-type': 'text/plain' }, Buffer.alloc(size, index));
    expect(reply.status).toBe(200);
  }
  return { service, directory };
}

function keptFiles(directory: string): string[] {
  const entries = readdirSync(join(directory, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('the room for objects', () => {
  it('lets the oldest go first, but remembers what they were', async () => {
    const { service, directory } = await fill({ quotaBytes: 2500 }, 5, 1000);
    expect(keptFiles(directory)).toHaveLength(2);
    const { uploads } = service.stats();
    expect(uploads.map(({ sizeBytes }) => sizeBytes)).toEqual([1000, 1000, 1000, 1000, 1000]);
    expect(uploads[0]?.sha256).toBe(sha256(Buffer.alloc(1000, 4)));
  });

  it('takes an object that is larger than all the room, and keeps the others', async () => {
    const { service, directory } = await fill({ quotaBytes: 2500 }, 2, 1000);
    const { url } = await target(service, 'text/plain', 3000);
    expect((await put(url, { 'content-type': 'text/plain' }, Buffer.alloc(3000))).status).toBe(200);
    expect(keptFiles(directory)).toHaveLength(2);
    expect(service.stats().uploads[0]?.sha256).toBe(sha256(Buffer.alloc(3000)));
  });

  it('only counts and hashes where it is told so', async () => {
    const { service, directory } = await fill({ keepObjects: false }, 2, 400_000);
    expect(keptFiles(directory)).toEqual([]);
    expect(service.stats().uploads[0]?.sha256).toBe(sha256(Buffer.alloc(400_000, 1)));
    expect(service.stats().dialects.runflow.bodyBytes).toBe(800_000);
  });

  it('does not even hash where it is told so', async () => {
    const { service } = await fill({ keepObjects: false, hashObjects: false }, 1, 1000);
    expect(service.stats().uploads[0]).toMatchObject({ sha256: null, sizeBytes: 1000 });
  });

  it('streams a large body to its file', async () => {
    const { service, directory } = await fill({}, 1, 8_000_000);
    expect(service.stats().uploads[0]?.sha256).toBe(sha256(Buffer.alloc(8_000_000, 0)));
    expect(keptFiles(directory)).toHaveLength(1);
  });
});
