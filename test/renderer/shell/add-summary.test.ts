import { expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import type { AddedFile } from '#shared/ipc.ts';
import { summarizeAdded } from '../../../renderer/uploads/add-summary.ts';

const added: AddedFile = { path: '/a/added.png', jobId: 1, outcome: 'added', failure: null };
const linked: AddedFile = { path: '/a/linked.png', jobId: 2, outcome: 'linked', failure: null };
const joined: AddedFile = { path: '/a/joined.png', jobId: 3, outcome: 'joined', failure: null };
const refusedAs = (code: 'empty-file' | 'not-a-file' | 'name-refused', path: string): AddedFile => ({
  path,
  jobId: null,
  outcome: 'refused',
  failure: failure(code),
});
const summarize = (files: readonly AddedFile[], ignored: { path: string; rule: string }[] = []) =>
  summarizeAdded({ batchId: 'b', files, ignored }, 'Products');

test('files that all go up need no second line', () => {
  expect(summarize([added, added])).toEqual({ title: '2 files added to Products', text: '', tone: 'ok' });
});

test('what is up already is no trouble', () => {
  const { title, text, tone } = summarize([linked]);
  expect({ title, tone }).toEqual({ title: 'Nothing was added', tone: 'ok' });
  expect(text).toBe('1 was up already: its link is in the list.');
});

test('each outcome has its sentence', () => {
  expect(summarize([added, linked, linked, joined], [{ path: 'x', rule: '*.tmp' }]).text).toBe(
    '2 were up already: their links are in the list. 1 was in the queue already. 1 file was left out by rules.',
  );
});

test('a single refused file is named with its reason', () => {
  const { title, text, tone } = summarize([added, refusedAs('empty-file', 'C:\\shots\\empty.png')]);
  expect({ title, tone }).toEqual({ title: 'added.png added to Products', tone: 'warn' });
  expect(text).toMatch(/^empty\.png: \S/);
});

test('many refused files are told by their commonest reasons', () => {
  const { text, title } = summarize([
    refusedAs('empty-file', '/1'),
    refusedAs('not-a-file', '/2'),
    refusedAs('not-a-file', '/3'),
    refusedAs('name-refused', '/4'),
  ]);
  expect(title).toBe('Nothing was added');
  expect(text).toMatch(/^2 files: \S.*1: \S.* 1 more file was refused\.$/);
});
