/** The shape of an answer that a real service gives: its status, its kind, its keys and their types. No words of theirs. */
import { z } from 'zod';

export interface RecordedAnswer {
  readonly status: number;
  /** `xml`: the elements of a flat document, as an object of texts. */
  readonly type: 'json' | 'text' | 'xml' | 'empty';
  readonly body: z.ZodType;
  readonly headers?: Readonly<Record<string, RegExp>>;
}

export interface HeardAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

const contentTypes = { json: /^application\/json\b/, text: /^text\/plain\b/, xml: /^application\/xml\b/ };

/** How an answer differs from the recorded shape, in words; null: it does not. */
export function differenceFrom(recorded: RecordedAnswer, heard: HeardAnswer): string | null {
  if (heard.status !== recorded.status) return `HTTP ${heard.status}, not ${recorded.status}`;
  const wanted = recorded.type === 'empty' ? {} : { 'content-type': contentTypes[recorded.type] };
  for (const [name, pattern] of Object.entries({ ...wanted, ...recorded.headers }))
    if (!pattern.test(String(heard.headers[name] ?? ''))) return `${name}: ${heard.headers[name]}`;
  const parsed = recorded.body.safeParse(bodyOf(recorded, heard));
  if (parsed.success) return null;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

function bodyOf({ type }: RecordedAnswer, { json, text }: HeardAnswer): unknown {
  if (type === 'json') return json;
  if (type !== 'xml') return text;
  const inner = /<Error>(.*)<\/Error>/s.exec(text)?.[1] ?? '';
  return Object.fromEntries(
    [...inner.matchAll(/<([\w-]+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name, value]),
  );
}

export const time = z.iso.datetime({ offset: true });
export const text = z.string().min(1);
export const address = z.url();

export const json = (
  status: number,
  body: z.ZodType,
  headers?: RecordedAnswer['headers'],
): RecordedAnswer => ({
  status,
  type: 'json',
  body,
  ...(headers === undefined ? {} : { headers }),
});
