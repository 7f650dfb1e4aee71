import { expect, test } from 'vitest';
import { lineOf } from '../../../electron/desktop/log/log-engine.ts';
import { blocked, completed, failed, job } from '../support.ts';

test('the ends of jobs are written, and what holds them up; no step in between, and no link', () => {
  expect(lineOf(job(1, { name: 'uploading' }))).toBeNull();
  expect(lineOf(job(1, { name: 'queued', step: 'reserve' }))).toBeNull();
  expect(lineOf(job(1, { name: 'waiting', step: 'upload', until: 1, failure: null }))).toBeNull();
  expect(lineOf(failed(2))).toMatchObject({
    level: 'warning',
    facts: { job: 2, state: 'failed', code: 'timeout' },
  });
  expect(lineOf(blocked(3))).toMatchObject({
    level: 'warning',
    facts: { state: 'blocked', code: 'too-large' },
  });
  const done = lineOf(completed(4, 1));
  expect(done).toEqual({
    level: 'info',
    facts: { job: 4, name: '4.png', destination: 'Products', state: 'completed', bytes: 1000, attempts: 0 },
  });
  expect(JSON.stringify(done)).not.toContain('http');
});
