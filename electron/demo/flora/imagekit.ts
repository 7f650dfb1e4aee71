/**
 * Where FLORA's bytes go: a form upload in the manner of ImageKit, and the long-lived asset URLs. Fields come in the
 * order in which they were handed out, the file last. The token is for one try: whoever sends it, whole or broken,
 * accepted or refused, has used it up.
 */
import { timingSafeEqual } from 'node:crypto';
import { buckets } from '../address.ts';
import { type Answer, empty, json } from '../http/answer.ts';
import type { Call, Surface } from '../http/surface.ts';
import { boundaryOf, type FilePart, type FormProblem, FormReader } from '../store/multipart.ts';
import { serveObject } from '../store/serve-object.ts';
import type { Sink } from '../store/sink.ts';
import type { FloraAsset, FloraTarget } from './asset.ts';
import type { Flora } from './state.ts';
import { fileField, signForm } from './targets.ts';

export function imagekit(flora: Flora): Surface {
  return {
    prefix: '/imagekit',
    dialectOf: () => 'flora',
    guard: () => null,
    refuse: (status) => refuse(status, 'The request could not be processed.'),
    routes: [
      {
        method: 'POST',
        pattern: '/api/v1/files/upload',
        stage: 'upload',
        handle: (call) => upload(flora, call),
      },
      { method: 'GET', pattern: '/flora/:id/:name', stage: 'other', handle: (call) => download(flora, call) },
    ],
  };
}

async function upload(flora: Flora, call: Call): Promise<Answer | null> {
  const { context } = flora;
  const counts = context.counters.dialects.flora;
  counts.uploads += 1;
  const { headers } = call.request;
  const early = refuseHead(headers);
  if (early !== null) return (await call.body.drain()) ? early : null;

  const sizeBytes = Number(headers['content-length']);
  const form = new IncomingForm(flora, sizeBytes, call);
  const reader = new FormReader(boundaryOf(headers['content-type']) ?? '', form);
  // Null: our own disk failed.
  const isWhole = await call.body.pump((chunk) => reader.feed(chunk)).catch(() => null);
  const refusal = isWhole === true ? form.verdict(reader.end()) : null;
  if (isWhole !== true || refusal !== null) {
    await form.discard(isWhole === true);
    return isWhole === null ? refuse(500, 'The file could not be stored.') : refusal;
  }
  counts.bodies += 1;
  counts.bodyBytes += sizeBytes;
  return form.store();
}

/** One form as it comes in. */
class IncomingForm {
  readonly #flora: Flora;
  readonly #sizeBytes: number;
  readonly #skewMs: number;
  readonly #isCheckedAtEnd: boolean;
  readonly #fields: [string, string][] = [];
  #asset: (FloraAsset & { readonly target: FloraTarget & { readonly kind: 'form' } }) | null = null;
  #refusal: Answer | null = null;
  #part: FilePart | null = null;
  #sink: Sink | null = null;

  constructor(flora: Flora, sizeBytes: number, call: Call) {
    this.#flora = flora;
    this.#sizeBytes = sizeBytes;
    this.#skewMs = flora.context.faults.take('storeSkewMs', call) ?? 0;
    this.#isCheckedAtEnd = flora.context.faults.take('expiryCheckedAt', call) === 'end';
  }

  onField(name: string, value: string): void {
    this.#fields.push([name, value]);
    if (name === 'token') this.#applyToken(value);
  }

  onFile(part: FilePart): void {
    this.#part = part;
    this.#refusal ??= this.#refuseFields();
    if (this.#refusal === null) this.#sink = this.#flora.context.objects.open(this.#sizeBytes);
  }

  onBytes(chunk: Buffer): Promise<void> | undefined {
    return this.#sink?.write(chunk);
  }

  /** Why nothing is stored, once the body is in; null: all is well. */
  verdict(problem: FormProblem | null): Answer | null {
    if (problem !== null) return refuse(400, `The form is not valid: ${problem}.`);
    if (this.#refusal !== null) return this.#refusal;
    if (this.#part === null || this.#asset === null) return refuse(400, 'Missing file parameter for upload.');
    // A retry may have replaced this form while its bytes were on their way.
    const current = this.#flora.find(this.#asset.id)?.target;
    if (current?.kind !== 'form' || tokenOf(current) !== tokenOf(this.#asset.target))
      return refuse(400, usedWords);
    return this.#isCheckedAtEnd ? this.#refuseExpired(this.#asset.target) : null;
  }

  async store(): Promise<Answer> {
    const { objects } = this.#flora.context;
    if (this.#sink === null || this.#part === null || this.#asset === null)
      return refuse(500, 'Nothing was received.');
    const received = await this.#sink.finish();
    const { id, key, fileName } = this.#asset;
    objects.store(buckets.flora, key, this.#part.contentType, received);
    const url = this.#flora.urlOf(this.#asset);
    return json(200, {
      fileId: id,
      name: fileName,
      size: received.sizeBytes,
      filePath: `/flora/${id}`,
      url,
      fileType: 'non-image',
    });
  }

  async discard(isWhole: boolean): Promise<void> {
    await this.#sink?.discard();
    if (isWhole && this.#asset !== null)
      this.#flora.context.objects.countBody(buckets.flora, this.#asset.key);
  }

  #applyToken(token: string): void {
    const id = this.#flora.tokens.get(token);
    const asset = id === null ? null : this.#flora.find(id);
    const target = asset?.target;
    const isCurrent = target?.kind === 'form' && tokenOf(target) === token;
    if (asset === null || target?.kind !== 'form') {
      this.#refusal = refuse(400, 'Your request contains invalid token parameter.');
    } else if (!isCurrent || target.isSpent) {
      this.#refusal = refuse(400, usedWords);
    } else {
      this.#asset = { ...asset, target };
      this.#flora.keep({ ...asset, target: { ...target, isSpent: true } });
    }
  }

  #refuseFields(): Answer | null {
    if (this.#asset === null)
      return refuse(400, 'Missing token parameter, or the file is not the last part.');
    const { target } = this.#asset;
    const given = new Map(this.#fields);
    const signature = signForm(
      this.#flora.context.secret,
      given.get('token') ?? '',
      given.get('expire') ?? '',
    );
    if (!isEqual(given.get('signature') ?? '', signature)) {
      return refuse(400, 'Your request contains invalid signature parameter.');
    }
    const isSame = JSON.stringify(this.#fields) === JSON.stringify(target.fields);
    if (!isSame)
      return refuse(400, 'The form fields differ from those that were signed, or their order does.');
    if (this.#part?.field !== fileField) return refuse(400, 'Missing file parameter for upload.');
    return this.#refuseExpired(target);
  }

  #refuseExpired(target: FloraTarget): Answer | null {
    const now = this.#flora.context.now() + this.#skewMs;
    if (now <= target.expiresAt) return null;
    const answer = refuse(400, 'Your request has expired: the expire parameter is in the past.');
    return { ...answer, headers: { ...answer.headers, date: new Date(now).toUTCString() } };
  }
}

function refuseHead(headers: Call['request']['headers']): Answer | null {
  if (headers.authorization !== undefined) {
    return refuse(400, 'The upload form carries its own signature; send no Authorization header.');
  }
  if (headers['content-length'] === undefined) return refuse(411, 'Content-Length is required.');
  if (boundaryOf(headers['content-type']) === null) return refuse(400, 'Send multipart/form-data.');
  return null;
}

/** Before the asset is ready its URL gives 404 (nothing there) or 409 (being made). */
async function download(flora: Flora, call: Call): Promise<Answer | null> {
  if (!(await call.body.drain())) return null;
  const asset = flora.find(call.params.id ?? '');
  if (asset === null || !flora.hasBytes(asset)) return empty(404);
  if (asset.status !== 'ready') return empty(409);
  const stored = flora.context.objects.find(buckets.flora, asset.key);
  return serveObject(
    stored === null ? null : { ...stored, contentType: stored.contentType ?? asset.contentType },
  );
}

const usedWords = 'A request with the same token has already been received.';

function tokenOf(target: FloraTarget & { readonly kind: 'form' }): string | undefined {
  return new Map(target.fields).get('token');
}

/** ImageKit's form of errors. */
function refuse(status: number, message: string): Answer {
  return json(status, { message, help: 'The upload form is for one try; ask for a new one.' });
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
