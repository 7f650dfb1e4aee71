/** `GET /v1/auth/me`: "the account"; which fields it has is not documented. */
import { fieldOf, firstText } from '../read-json.ts';

/** "maya@example.org, Studio North", with what there is; null where nothing names the account. */
export function describeAccount(body: unknown): string | null {
  const inner = [body, fieldOf(body, 'user'), fieldOf(body, 'account'), fieldOf(body, 'data')];
  const person = firstOf(inner, (part) => firstText(part, 'email') ?? fullName(part));
  const group = firstOf(inner, (part) =>
    firstOf(['organization', 'org', 'team'], (name) => {
      const value = fieldOf(part, name);
      return firstText(value, 'name', 'slug') ?? (typeof value === 'string' ? value : null);
    }),
  );
  const name = person ?? firstOf(inner, (part) => firstText(part, 'name', 'username', 'id'));
  const words = [name, group].filter((part) => part !== null);
  return words.length === 0 ? null : words.join(', ');
}

function fullName(part: unknown): string | null {
  const names = [firstText(part, 'first_name'), firstText(part, 'last_name')].filter((name) => name !== null);
  return names.length === 0 ? null : names.join(' ');
}

function firstOf<T>(values: readonly T[], read: (value: T) => string | null): string | null {
  for (const value of values) {
    const text = read(value);
    if (text !== null) return text;
  }
  return null;
}
