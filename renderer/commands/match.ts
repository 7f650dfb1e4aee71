/**
 * How well a search finds something: 0, not at all; 1, its name begins with it. Every word that was typed has to be in
 * the name or the words beside it; letters that lie scattered find nothing.
 */
export function scoreOf(search: string, [name = '', ...beside]: readonly string[]): number {
  const wanted = wordsOf(search);
  if (wanted.length === 0) return 1;
  const title = plain(name);
  if (title.startsWith(plain(search).trim())) return 1;
  const begins = new Set(wordsOf(name));
  const others = beside.map(plain);
  const scores = wanted.map((word): number => {
    if ([...begins].some((begin) => begin.startsWith(word))) return 0.9;
    if (title.includes(word)) return 0.6;
    return others.some((text) => text.includes(word)) ? 0.3 : 0;
  });
  const worst = Math.min(...scores);
  return worst === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Accents are rarely typed. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');
const wordsOf = (text: string): readonly string[] =>
  plain(text)
    .split(/[\s.,…/\\_-]+/)
    .filter((word) => word !== '');
