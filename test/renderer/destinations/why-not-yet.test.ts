import { describe, expect, test } from 'vitest';
import { type DraftForm, emptyForm, problemsOf, whyNotYet } from '../../../renderer/destinations/draft.ts';
import type { ProviderKind } from '../../../shared/destination.ts';

describe('why a destination cannot be saved yet', () => {
  const others = ['Studio'];
  const why = (kind: ProviderKind, change: Partial<DraftForm> = {}, hasKey = true) => {
    const form = { ...emptyForm(kind, others), ...change };
    return whyNotYet(form, problemsOf(form, others), hasKey);
  };

  test('nothing is missing', () => {
    expect(why('runflow')).toBeNull();
    expect(why('flora', { texts: { workspaceId: 'ws_1' } })).toBeNull();
  });

  test('what is empty is named, in the order of what is asked for', () => {
    expect(why('runflow', {}, false)).toBe('Still needed: API key');
    expect(why('flora', {}, false)).toBe('Still needed: API key, Workspace id');
    expect(why('flora', { name: ' ', texts: { workspaceId: ' ' } })).toBe('Still needed: Name, Workspace id');
  });

  test('then what is wrong, with the field that it is in', () => {
    expect(why('runflow', { name: 'studio' })).toBe('Name: Another destination is called that.');
    expect(why('runflow', { baseUrl: 'ftp://example.com' })).toMatch(/^Address of the API: /);
    expect(why('pupload')).toMatch(/a flow/);
  });
});
