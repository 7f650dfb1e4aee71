/** How rules say what stands where. Pure. */
import type { Facts } from './facts.ts';

export interface Rule {
  readonly name: string;
  /** Numbers of the checklist, and names of electronegativity's checks. */
  readonly keeps: readonly (number | string)[];
  /** A sentence for each place that breaks it. */
  readonly broken: (tree: readonly Facts[]) => readonly string[];
}

export type Finder = (file: Facts) => readonly string[];

/** What this finds stands nowhere but in these files. */
export const nowhere =
  (find: Finder, ...but: readonly string[]): Rule['broken'] =>
  (tree) =>
    tree
      .filter(({ path }) => !but.includes(path))
      .flatMap((file) => find(file).map((what) => `${file.path}: ${what}`));

/** What this finds stands there, and so often. */
export const stands =
  (path: string, what: string, find: Finder, times = 1): Rule['broken'] =>
  (tree) => {
    const file = tree.find((one) => one.path === path);
    const count = file === undefined ? 0 : find(file).length;
    return count >= times ? [] : [`${path}: ${what} is missing`];
  };

export const all =
  (...parts: readonly Rule['broken'][]): Rule['broken'] =>
  (tree) =>
    parts.flatMap((part) => part(tree));

/** Calls by the last part of their name. */
export const calls =
  (...names: readonly string[]): Finder =>
  ({ calls }) =>
    calls.map(({ name }) => name).filter((name) => names.includes(name.split('.').at(-1) ?? ''));

/** The same, of objects only: a function of ours may be called like it. */
export const methods =
  (...names: readonly string[]): Finder =>
  (file) =>
    calls(...names)(file).filter((name) => name.includes('.'));

export const called =
  (name: string, ...args: readonly string[]): Finder =>
  ({ calls }) =>
    calls
      .filter((call) => call.name === name && args.every((arg, index) => call.args[index] === arg))
      .map((call) => call.name);

export const listens =
  (name: string): Finder =>
  ({ calls }) =>
    calls.filter((call) => call.name.endsWith('.on') && call.args[0] === `'${name}'`).map(() => name);

export const strings =
  (pattern: RegExp): Finder =>
  ({ strings }) =>
    strings.filter((text) => pattern.test(text));

export const sets =
  (name: string, isWrong: (value: string) => boolean): Finder =>
  ({ settings }) =>
    settings.filter((one) => one.name === name && isWrong(one.value)).map(({ value }) => `${name}: ${value}`);
