import { expect, test } from 'vitest';
import { type Standing, troubleAmong } from '../../../renderer/shell/sidebar-trouble.ts';
import { shell } from '../../../renderer/words/shell.ts';

const entry = (name: string, tone: Standing['tone'], trouble: string | null): Standing => ({
  name,
  tone,
  trouble,
});

test('a group says the trouble of its entries, and is as bad as the worst of them', () => {
  const well = entry('a', 'ok', null);
  const held = entry('b', 'warn', 'Waits.');
  expect(troubleAmong([well, entry('p', 'neutral', null)])).toBeNull();
  expect(troubleAmong([well, held])).toEqual({ tone: 'warn', text: 'b: Waits.' });
  expect(troubleAmong([held, entry('c', 'bad', 'Needs you.')])).toEqual({
    tone: 'bad',
    text: 'b: Waits. c: Needs you.',
  });
  expect(troubleAmong([held, held, held, held, held])?.text).toMatch(/^(b: Waits\. ){3}2 more/);
});

test('the number of open files says of which kinds they are', () => {
  const none = { active: 0, waiting: 0, needsYou: 0, failed: 0 };
  expect(shell.open({ active: 3, waiting: 1, needsYou: 2, failed: 1 })).toBe(
    '7 files not done: 3 on the way, 1 waiting, 2 need you, 1 failed',
  );
  expect(shell.open({ ...none, needsYou: 1 })).toBe('1 file not done: 1 needs you');
});
