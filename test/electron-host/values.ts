/**
 * Values as they travel between a page and the app's process: what a structured clone keeps, as one text. What Electron
 * would not clone (functions, symbols, files) throws here as it does there.
 */

type Tagged =
  | { readonly $: 'undefined' | 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { readonly $: 'bigint' | 'date'; readonly v: string }
  | { readonly $: 'bytes'; readonly type: string; readonly v: string }
  | { readonly $: 'map' | 'set'; readonly v: readonly unknown[] }
  | { readonly $: 'error'; readonly name: string; readonly message: string }
  | { readonly $: 'object'; readonly v: Readonly<Record<string, unknown>> };

const notCloned = (): Error => new Error('An object could not be cloned.');

/** Throws on what cannot be cloned. */
export function encode(value: unknown): string {
  return JSON.stringify(tag(value, new Set()));
}

export function decode(text: string): unknown {
  return untag(JSON.parse(text));
}

function tag(value: unknown, above: Set<object>): unknown {
  switch (typeof value) {
    case 'undefined':
      return { $: 'undefined' } satisfies Tagged;
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      return { $: 'bigint', v: String(value) } satisfies Tagged;
    case 'number':
      return tagNumber(value);
    case 'object':
      break;
    default:
      throw notCloned();
  }
  if (value === null) return null;
  // A circle can be cloned, but nothing of ours has one: it is a mistake.
  if (above.has(value)) throw new Error('A value that holds itself is sent.');
  above.add(value);
  const tagged = tagObject(value, above);
  above.delete(value);
  return tagged;
}

function tagNumber(value: number): unknown {
  if (Object.is(value, -0)) return { $: '-0' } satisfies Tagged;
  if (Number.isFinite(value)) return value;
  return { $: String(value) as 'NaN' | 'Infinity' | '-Infinity' } satisfies Tagged;
}

function tagObject(value: object, above: Set<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => tag(item, above));
  if (value instanceof ArrayBuffer) {
    return { $: 'bytes', type: 'ArrayBuffer', v: toBase64(new Uint8Array(value)) } satisfies Tagged;
  }
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    // A Buffer arrives as the Uint8Array that it is.
    return { $: 'bytes', type: 'Uint8Array', v: toBase64(bytes) } satisfies Tagged;
  }
  if (value instanceof Date) return { $: 'date', v: value.toJSON() } satisfies Tagged;
  if (value instanceof Map)
    return { $: 'map', v: [...value].map((pair) => tag(pair, above)) } satisfies Tagged;
  if (value instanceof Set)
    return { $: 'set', v: [...value].map((item) => tag(item, above)) } satisfies Tagged;
  if (value instanceof Error) {
    return { $: 'error', name: value.name, message: value.message } satisfies Tagged;
  }
  if (typeof Blob !== 'undefined' && value instanceof Blob) throw notCloned();
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) throw notCloned();
  const record = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tag(item, above)]));
  return '$' in record ? ({ $: 'object', v: record } satisfies Tagged) : record;
}

function untag(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(untag);
  if (!('$' in value)) return untagRecord(value);
  const tagged = value as Tagged;
  switch (tagged.$) {
    case 'undefined':
      return undefined;
    case 'NaN':
      return Number.NaN;
    case 'Infinity':
      return Number.POSITIVE_INFINITY;
    case '-Infinity':
      return Number.NEGATIVE_INFINITY;
    case '-0':
      return -0;
    case 'bigint':
      return BigInt(tagged.v);
    case 'date':
      return new Date(tagged.v);
    case 'bytes': {
      const bytes = fromBase64(tagged.v);
      return tagged.type === 'ArrayBuffer' ? bytes.buffer : bytes;
    }
    case 'map':
      return new Map(tagged.v.map(untag) as [unknown, unknown][]);
    case 'set':
      return new Set(tagged.v.map(untag));
    case 'error':
      return Object.assign(new Error(tagged.message), { name: tagged.name });
    case 'object':
      return untagRecord(tagged.v);
  }
}

const untagRecord = (record: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, item]) => [key, untag(item)]));

/** In slices, because a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
