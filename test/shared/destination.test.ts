import { describe, expect, test } from 'vitest';
import {
  defaultBaseUrl,
  demoDestinationNames,
  destinationNameSchema,
  destinationSchema,
  needsKey,
  providerKinds,
} from '#shared/destination.ts';

const required = {
  runflow: {},
  flora: { workspaceId: 'ws_1' },
  cyberun: {},
  pupload: { flowFile: '/flow.json' },
} as const;

describe.each(providerKinds)('%s', (kind) => {
  test('needs no more than its own options', () => {
    const given = { id: 'a', name: 'A', kind, baseUrl: defaultBaseUrl[kind], ...required[kind] };
    expect(destinationSchema.parse(given)).toMatchObject({
      ...given,
      lanes: 4,
      isPaused: false,
      isDemo: false,
    });
    expect(needsKey[kind]).toBe(kind !== 'pupload');
    expect(demoDestinationNames).toContain(`demo-${kind}`);
  });
});

const withBaseUrl = (baseUrl: string) =>
  destinationSchema.safeParse({ id: 'a', name: 'A', kind: 'runflow', baseUrl });

test.each([
  ['https://x.example', 'https://x.example'],
  ['https://x.example/api/v1//', 'https://x.example/api/v1'],
  ['http://localhost:1234/', 'http://localhost:1234'],
])('%s is an address', (given, kept) => expect(withBaseUrl(given).data?.baseUrl).toBe(kept));

test.each([
  'nonsense',
  '',
  'https://',
  'ftp://x.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://me@x.example',
  'https://me:pw@x.example',
  'https://x.example/?a=1',
  'https://x.example/?',
  'https://x.example/#a',
  'https://x.example/#',
])('%s is refused in words, never thrown over', (given) => {
  const parsed = withBaseUrl(given);
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.message).toMatch(/^(Give an http|A base URL has no)/);
});

test.each(['a', 'Far Side', 'photos_2026-01.raw', 'é', 'Cafe\u0301', '写真', 'हिन्दी', '7'])(
  '%s is a name',
  (name) => expect(destinationNameSchema.safeParse(name).success).toBe(true),
);

test.each(['', ' a', '-a', '--to', '.hidden', 'a/b', 'a\nb', 'a"b', 'x'.repeat(65), '😀'])(
  '%j is no name',
  (name) => expect(destinationNameSchema.safeParse(name).success).toBe(false),
);

test.each([
  [{ flowFile: '/f.json' }, true],
  [{ projectId: crypto.randomUUID(), flowName: 'f' }, true],
  [{}, false],
  [{ flowName: 'f' }, false],
  [{ projectId: crypto.randomUUID() }, false],
  [{ projectId: crypto.randomUUID(), flowName: 'f', flowFile: '/f.json' }, false],
  [{ projectId: 'mine', flowName: 'f' }, false],
])('Pupload with %o', (options, isGood) => {
  const given = { id: 'a', name: 'A', kind: 'pupload', baseUrl: defaultBaseUrl.pupload, ...options };
  expect(destinationSchema.safeParse(given).success).toBe(isGood);
});
