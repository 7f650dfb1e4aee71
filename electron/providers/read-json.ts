/** Small readers for JSON whose shape a service has not promised. */

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** A non-empty text; anything else is null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** The first of these fields that holds a text. */
export function firstText(value: unknown, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(fieldOf(value, name));
    if (text !== null) return text;
  }
  return null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
