/** Reads multipart/form-data as it streams by: fields first, one file last. */

export interface FilePart {
  readonly field: string;
  readonly fileName: string;
  readonly contentType: string | null;
}

export interface FormListener {
  /** False: enough is known; nothing of this form shall be taken. */
  onField(name: string, value: string): void;
  onFile(part: FilePart): void;
  onBytes(chunk: Buffer): Promise<void> | undefined;
}

/** What is wrong with a form, for the one who sent it. */
export type FormProblem = 'not-multipart' | 'malformed' | 'file-not-last' | 'too-large';

const headLimit = 64 * 1024;

/** The boundary of a Content-Type, or null where it is not multipart/form-data. */
export function boundaryOf(contentType: string | undefined): string | null {
  const match = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  return match?.[1] ?? match?.[2] ?? null;
}

/** A push parser: feed it every chunk, then ask `end()` what was wrong, if anything. */
export class FormReader {
  readonly #delimiter: Buffer;
  readonly #listener: FormListener;
  #state: 'fields' | 'file' | 'after' = 'fields';
  #rest: Buffer;
  #problem: FormProblem | null = null;
  #isClosed = false;

  constructor(boundary: string, listener: FormListener) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    this.#listener = listener;
    // So that the first delimiter, at the very start of the body, looks like all the others.
    this.#rest = Buffer.from('\r\n');
  }

  feed(chunk: Buffer): Promise<void> | undefined {
    if (this.#problem !== null) return undefined;
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#state === 'fields' && this.#problem === null && this.#takePart());
    if (this.#state === 'file') return this.#takeBytes();
    if (this.#state === 'after') this.#takeEnd();
    return undefined;
  }

  end(): FormProblem | null {
    if (this.#problem !== null) return this.#problem;
    return this.#isClosed ? null : 'malformed';
  }

  /** One whole field, or the head of the file part. False: more bytes are needed, or fields are over. */
  #takePart(): boolean {
    const headAt = this.#delimiter.length;
    if (this.#rest.length < headAt + 2) return false;
    if (!this.#rest.subarray(0, headAt).equals(this.#delimiter)) return this.#fail('malformed');
    if (this.#rest.toString('latin1', headAt, headAt + 2) === '--') {
      this.#state = 'after';
      return false;
    }
    const headEnd = this.#rest.indexOf('\r\n\r\n', headAt);
    if (headEnd < 0) return this.#rest.length > headLimit ? this.#fail('too-large') : false;
    const head = parsePartHead(this.#rest.toString('utf8', headAt + 2, headEnd));
    if (head === null) return this.#fail('malformed');
    if (head.fileName !== null) {
      this.#listener.onFile({ field: head.name, fileName: head.fileName, contentType: head.contentType });
      this.#rest = this.#rest.subarray(headEnd + 4);
      this.#state = 'file';
      return false;
    }
    const valueEnd = this.#rest.indexOf(this.#delimiter, headEnd + 4);
    if (valueEnd < 0) return this.#rest.length > headLimit ? this.#fail('too-large') : false;
    this.#listener.onField(head.name, this.#rest.toString('utf8', headEnd + 4, valueEnd));
    this.#rest = this.#rest.subarray(valueEnd);
    return true;
  }

  #takeBytes(): Promise<void> | undefined {
    const at = this.#rest.indexOf(this.#delimiter);
    // A delimiter may be cut by the end of this chunk: its possible beginning waits for the next one.
    const end = at >= 0 ? at : Math.max(0, this.#rest.length - this.#delimiter.length + 1);
    const bytes = this.#rest.subarray(0, end);
    this.#rest = at >= 0 ? this.#rest.subarray(at) : Buffer.from(this.#rest.subarray(end));
    if (at >= 0) {
      this.#state = 'after';
      this.#takeEnd();
    }
    return bytes.length === 0 ? undefined : this.#listener.onBytes(bytes);
  }

  /** After the file only the closing delimiter may come. */
  #takeEnd(): void {
    const closeAt = this.#delimiter.length;
    if (this.#rest.length < closeAt + 2) return;
    const isClosing = this.#rest.toString('latin1', closeAt, closeAt + 2) === '--';
    if (!isClosing) this.#fail('file-not-last');
    else this.#isClosed = true;
  }

  #fail(problem: FormProblem): false {
    this.#problem ??= problem;
    return false;
  }
}

interface PartHead {
  readonly name: string;
  readonly fileName: string | null;
  readonly contentType: string | null;
}

function parsePartHead(head: string): PartHead | null {
  const headers = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const at = line.indexOf(':');
    if (at <= 0) return null;
    headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  if (!/^form-data\b/i.test(disposition)) return null;
  const name = parameterOf(disposition, 'name');
  if (name === null) return null;
  return {
    name,
    fileName: parameterOf(disposition, 'filename'),
    contentType: headers.get('content-type') ?? null,
  };
}

/** Browsers and libraries write `"` as %22 and line breaks as %0D%0A; some write a backslash before the quote. */
function parameterOf(disposition: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}="((?:\\\\"|[^"])*)"`, 'i').exec(disposition);
  const value = match?.[1];
  if (value === undefined) return null;
  return value.replace(/\\"/g, '"').replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
}
