import { describe, expect, test } from 'vitest';
import { type DraftForm, emptyForm, problemsOf, whyNotYet } from '../../../renderer/destinations/draft.ts';
import type { ProviderKind } from '../../../shared/destination.ts';

describe('why a destination cannot be saved yet', () => {
  const others = ['Studio'];
  const why = (kind: ProviderKind, change: Partial<DraftForm> = {}, hasKey = true) => {
    const form = { ...emptyForm(kind, others), ...change };
    return whyNotYet(form, problemsOf(form, others), hasKey);
  };
  const textOf = (...args: Parameters<typeof why>) => why(...args)?.text;
  const fieldOf = (...args: Parameters<typeof why>) => why(...args)?.field;

  test('nothing is missing', () => {
    expect(why('runflow')).toBeNull();
    expect(why('flora', { texts: { workspaceId: 'ws_1' } })).toBeNull();
  });

  test('what is empty is named, in the order of what is asked for', () => {
    expect(textOf('runflow', {}, false)).toBe('Still needed: API key');
    expect(textOf('flora', {}, false)).toBe('Still needed: API key, Workspace id');
    expect(textOf('flora', { name: ' ', texts: { workspaceId: ' ' } })).toBe(
      'Still needed: Name, Workspace id',
    );
  });

  test('then what is wrong, with the field that it is in', () => {
    expect(textOf('runflow', { name: 'studio' })).toBe('Name: Another destination has this name already.');
    expect(textOf('runflow', { baseUrl: 'ftp://example.com' })).toMatch(/^Address of the API: /);
    expect(textOf('pupload')).toMatch(/a flow/);
  });

  test('it leads to the first field of those, where it is in one', () => {
    expect(fieldOf('flora', {}, false)).toBe('key');
    expect(fieldOf('flora')).toBe('workspaceId');
    expect(fieldOf('flora', { name: ' ' })).toBe('name');
    expect(fieldOf('runflow', { baseUrl: 'ftp://example.com' })).toBe('baseUrl');
    expect(fieldOf('pupload')).toBeNull();
  });
});
