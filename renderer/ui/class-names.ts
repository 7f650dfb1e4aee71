/** Joins what is there; conditions read as `isOn && 'class'`. */
export const classNames = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(' ');
