/** `GET /v1/assets/types`: its shape is not documented, so every likely one is read. */
import { fieldOf, firstText } from '../read-json.ts';

const listNames = ['types', 'mime_types', 'allowed_types', 'allowed_mime_types', 'items', 'data', 'assets'];
const typeNames = ['mime_type', 'content_type', 'mime', 'type', 'name', 'id', 'value'];
const mimeType = /^(?:\*|[a-z]+)\/[a-z0-9*][a-z0-9!#$&^_.+*-]*$/i;

/**
 * A list of texts or objects, bare or under a usual name, or lists by category (`{ image: [...], video: [...] }`).
 * Null where it holds no MIME type: then nothing is known, and the service itself decides.
 */
export function readTypes(body: unknown): readonly string[] | null {
  const found = new Set(collect(body, 0).map((type) => type.toLowerCase()));
  return found.size === 0 ? null : [...found];
}

function collect(value: unknown, depth: number): readonly string[] {
  if (depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => entriesOf(entry, depth));
  for (const name of listNames) {
    const inner = fieldOf(value, name);
    if (typeof inner === 'object' && inner !== null) return collect(inner, depth + 1);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => (Array.isArray(inner) ? collect(inner, depth + 1) : []));
}

function entriesOf(entry: unknown, depth: number): readonly string[] {
  if (typeof entry === 'string') return mimeType.test(entry) ? [entry] : [];
  for (const name of typeNames) {
    const text = firstText(entry, name);
    if (text !== null && mimeType.test(text)) return [text];
  }
  return collect(entry, depth + 1);
}
