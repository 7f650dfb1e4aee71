import { builtInIgnore } from '#shared/built-in-ignore.ts';

/** The patterns have no more than `*` and `?`; letters count the same in both cases, as everywhere with them. */
const regexOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );

const rules = builtInIgnore.map(({ pattern }) => regexOf(pattern));

/** Whether a file or folder of a dropped folder never goes up by itself, by its name. */
export const isLeftOut = (name: string): boolean => rules.some((rule) => rule.test(name));
