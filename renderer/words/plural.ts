const rules = new Intl.PluralRules('en');

/** The form of a word that goes with a number: `plural(2, { one: 'file', other: 'files' })`. */
export const plural = (count: number, forms: { readonly one: string; readonly other: string }): string =>
  rules.select(count) === 'one' ? forms.one : forms.other;

/** "1 file", "1,204 files". */
export const counted = (count: number, one: string, other = `${one}s`): string =>
  `${wholeNumber(count)} ${plural(count, { one, other })}`;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
export const wholeNumber = (count: number): string => whole.format(count);
