import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UploadTarget } from '#ports/reservation.ts';
import { frame } from '../../electron/transfer/framing.ts';
import { createClient, createFile, expectKind, put, readBody, serveHttp } from '../support/transfer-stage.ts';

type Post = Extract<UploadTarget, { method: 'POST' }>;
const post = (fields: Post['fields'], fileField = 'file'): Post => ({
  method: 'POST',
  url: 'https://s.test/',
  fields,
  fileField,
});

function framingOf(target: UploadTarget, file: Parameters<typeof frame>[1], boundary?: () => string) {
  const framed = frame(target, file, boundary);
  if (framed.kind !== 'framed') throw new Error(framed.kind);
  return framed.framing;
}

/** Reads a body with the platform's own parser. */
async function parse(body: Buffer, contentType: string): Promise<[string, FormDataEntryValue][]> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  return [...form.entries()];
}

type FormDataEntryValue = Awaited<ReturnType<Response['formData']>> extends FormData ? string | File : never;

const token = fc
  .string({ minLength: 1 })
  .filter((text) => text === text.toWellFormed() && !text.includes('\0'));

/**
 * A name as a parser of the WHATWG's encoding reads it: three characters are escaped and the percent sign is
 * not, so a name that holds an escape by itself is read as what the escape stands for.
 */
const asRead = (name: string): string =>
  name.replace(/%(?:22|0d|0a)/gi, (escaped) => decodeURIComponent(escaped));

describe('a form', () => {
  test('is read by another parser as it was meant, for any names and values', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(token, token), { maxLength: 5 }),
        token,
        token,
        fc.uint8Array({ maxLength: 200 }),
        async (fields, fileField, fileName, content) => {
          const framing = framingOf(post(fields, fileField), {
            sizeBytes: content.length,
            fileName,
            mimeType: 'image/png',
          });
          const body = Buffer.concat([framing.preamble, content, framing.trailer]);
          expect(framing.headers['content-length']).toBe(String(body.length));
          const entries = await parse(body, framing.headers['content-type'] ?? '');
          expect(entries.slice(0, -1)).toEqual(fields.map(([key, value]) => [asRead(key), value]));
          const [name, file] = entries.at(-1) ?? [];
          expect(name).toBe(asRead(fileField));
          if (!(file instanceof File)) throw new Error('no file');
          expect(file.name).toBe(asRead(fileName));
          expect(file.type).toBe('image/png');
          expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(content))).toBe(true);
        },
      ),
      { numRuns: 60, examples: [[[['"%22', '%0A']], '%0d', 'a%0D\r\n%0A.png', new Uint8Array()]] },
    );
  });

  test('escapes what would end a name, and nothing else', () => {
    const { preamble } = framingOf(post([['a"b', 'v']]), {
      sizeBytes: 0,
      fileName: 'ü"\r\nX-Evil: 1;%22\\.png',
      mimeType: 'image/png\r\nX-Evil: 2',
    });
    const text = preamble.toString();
    expect(text).toContain('name="a%22b"');
    expect(text).toContain('filename="ü%22%0D%0AX-Evil: 1;%22\\.png"');
    expect(text).toContain('Content-Type: application/octet-stream\r\n');
    expect(text).not.toMatch(/^X-Evil/m);
  });

  test('has a boundary that no field holds', () => {
    const boundaries = ['taken', 'free'];
    const { preamble } = framingOf(
      post([['a', 'is taken']]),
      { sizeBytes: 0, fileName: 'f', mimeType: 'a/b' },
      () => boundaries.shift() ?? 'none',
    );
    expect(preamble.toString()).toMatch(/^--free\r\n/);
  });

  test.each([0, 700_000])('arrives with %i bytes, fields first and in order', async (size) => {
    const file = await createFile(size);
    let entries: [string, FormDataEntryValue][] = [];
    let length: string | undefined;
    const { origin } = await serveHttp(async (request, response) => {
      length = request.headers['content-length'];
      const body = await readBody(request);
      expect(String(body.length)).toBe(length);
      entries = await parse(body, request.headers['content-type'] ?? '');
      response.writeHead(204).end();
    });
    const target = {
      ...post([
        ['key', 'k'],
        ['policy', 'p='],
        ['key', 'again'],
      ]),
      url: origin,
    };
    const progress: number[] = [];

    const outcome = await createClient().transfer.send(
      put(file, origin, {
        target,
        fileName: 'näme.png',
        mimeType: 'image/png',
        onProgress: (n) => progress.push(n),
      }),
    );

    expect(expectKind(outcome, 'stored').bytesSent).toBe(size);
    expect(entries.map(([name]) => name)).toEqual(['key', 'policy', 'key', 'file']);
    const sent = entries.at(-1)?.[1];
    if (!(sent instanceof File)) throw new Error('no file');
    expect(sent.name).toBe('näme.png');
    expect(Buffer.from(await sent.arrayBuffer()).equals(file.content)).toBe(true);
    expect(Math.max(0, ...progress)).toBeLessThanOrEqual(size);
  });
});

describe('the headers of a PUT', () => {
  const file = { sizeBytes: 5, fileName: 'f', mimeType: 'a/b' };
  const kindOf = (headers: Record<string, string>) =>
    frame({ method: 'PUT', url: 'https://s.test/', headers }, file).kind;

  test.each([
    [{ 'Content-Length': '5' }, 'framed'],
    [{ 'CONTENT-length': '6' }, 'size-differs'],
    [{ 'content-length': '5x' }, 'size-differs'],
    [{ 'Transfer-Encoding': 'chunked' }, 'refused'],
    [{ 'x-a': 'b\r\nX-Evil: 1' }, 'refused'],
    [{ 'bad name': 'b' }, 'refused'],
    [{ 'X-A': '1', 'x-a': '2' }, 'refused'],
  ])('%j: %s', (headers, kind) => {
    expect(kindOf(headers)).toBe(kind);
  });
});
