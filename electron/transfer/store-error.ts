/** Reads a store's refusal: XML on S3-compatible hosts, JSON elsewhere, plain text, or somebody's HTML page. */

export interface StoreError {
  readonly code: string | null;
  /** The store's own words; not redacted yet. */
  readonly message: string;
  readonly requestId: string | null;
  /** Epoch ms of the store's clock, where its error says it. */
  readonly serverTime: number | null;
}

export function parseStoreError(text: string, contentType: string): StoreError {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (/^<\?xml|^<Error[\s>]/i.test(body) && /<Code>|<Message>/.test(body)) return fromXml(body);
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(body) || contentType.includes('html')) {
    return { ...nothing, message: body === '' ? '' : 'an HTML page' };
  }
  if (body.startsWith('{')) return fromJson(body) ?? { ...nothing, message: body };
  // A page of XML that is no error of a store is as little worth quoting as one of HTML.
  return { ...nothing, message: body.startsWith('<') ? 'an XML page' : body };
}

const nothing: StoreError = { code: null, message: '', requestId: null, serverTime: null };

function fromXml(xml: string): StoreError {
  const time = Date.parse(element(xml, 'ServerTime') ?? '');
  return {
    code: element(xml, 'Code'),
    message: element(xml, 'Message') ?? '',
    requestId: element(xml, 'RequestId'),
    serverTime: Number.isNaN(time) ? null : time,
  };
}

/** These four elements hold text only, so a full XML parser would find the same. */
function element(xml: string, name: string): string | null {
  const match = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return match?.[1] === undefined ? null : unescapeXml(match[1]).trim();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/gi,
    (all, hex, decimal, name) => {
      if (name !== undefined) return entities[String(name).toLowerCase()] ?? all;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
}

function fromJson(text: string): StoreError | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const top = asRecord(value);
  // ImageKit: { message, help }. Others wrap it: { error: { code, message } } or { error: "…" }.
  const inner = asRecord(top.error);
  const message = firstText(top.message, inner.message, top.error, top.error_message, top.detail, top.help);
  return {
    code: firstText(top.code, inner.code, top.Code),
    message: message ?? '',
    requestId: firstText(top.requestId, top.request_id, inner.requestId),
    serverTime: null,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) if (typeof value === 'string' && value !== '') return value;
  return null;
}
