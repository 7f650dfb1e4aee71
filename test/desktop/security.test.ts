import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Facts, factsOf } from './security/facts.ts';
import { planted, room } from './security/planted.ts';
import { rules } from './security/rules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const manifest = readFileSync(`${root}/package.json`, 'utf8');
const sources = new Map(
  globSync('{shared,electron,renderer,build}/**/*.{ts,tsx}', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')] as const),
);
// What is no code is read as if it were.
const manifestFacts = (text: string) => ({
  ...factsOf('package.ts', `export const manifest = ${text}`),
  path: 'package.json',
});
const tree: readonly Facts[] = [
  ...[...sources].map(([path, text]) => factsOf(path, text)),
  manifestFacts(manifest),
];

/** The tree with one file made anew. */
const withFile = (facts: Facts): readonly Facts[] => [
  ...tree.filter(({ path }) => path !== facts.path),
  facts,
];

describe('the sources keep the list', () => {
  test.each(rules)('$name', ({ broken }) => expect(broken(tree)).toEqual([]));

  test('all twenty points of the checklist, and every check of electronegativity', () => {
    const kept = new Set(rules.flatMap(({ keeps }) => keeps));
    const points = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(points.filter((point) => !kept.has(point))).toEqual([]);
    expect(checks.filter((check) => !kept.has(check))).toEqual([]);
  });
});

/** https://github.com/doyensec/electronegativity/wiki; those for one kind of file each count as one. */
const checks = [
  'AUXCLICK',
  'ALLOWPOPUPS',
  'BLINK_FEATURES',
  'CERTIFICATE_ERROR_EVENT',
  'CERTIFICATE_VERIFY_PROC',
  'CONTEXT_ISOLATION',
  'CSP',
  'CUSTOM_ARGUMENTS',
  'DANGEROUS_FUNCTIONS',
  'ELECTRON_VERSION',
  'AVAILABLE_SECURITY_FIXES',
  'EXPERIMENTAL_FEATURES',
  'HTTP_RESOURCES',
  'INSECURE_CONTENT',
  'LIMIT_NAVIGATION',
  'NODE_INTEGRATION',
  'OPEN_EXTERNAL',
  'PERMISSION_REQUEST_HANDLER',
  'PRELOAD',
  'PROTOCOL_HANDLER',
  'REMOTE_MODULE',
  'SANDBOX',
  'SECURITY_WARNINGS_DISABLED',
  'WEB_SECURITY',
];

describe('a change that breaks the list is seen', () => {
  test.each(planted)('$rule: $path: $text', ({ rule: name, path, text, instead }) => {
    const facts = (content: string) =>
      path === 'package.json' ? manifestFacts(content) : factsOf(path, content);
    const before = path === 'package.json' ? manifest : (sources.get(path) ?? '');
    if (instead !== undefined) expect(before).toContain(instead);
    const changed = instead === undefined ? text : before.replace(instead, text);
    const rule = rules.find((one) => one.name === name);
    expect(rule?.broken(withFile(facts(changed)))).not.toEqual([]);
  });

  test('every rule has such a change', () => {
    const names = new Set(planted.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
  });

  test('words and comments are no change', () => {
    const text =
      "// shell.openExternal(url); nodeIntegration: true\nexport const why = 'eval(text) is not for us';";
    const red = rules.filter(({ broken }) => broken(withFile(factsOf(room, text))).length > 0);
    expect(red).toEqual([]);
  });
});
