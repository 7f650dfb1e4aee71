const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  byte: 1,
  bytes: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** "500 kB", "1.5 GiB", "2,5 MB", "1200": bytes. Null: nothing was typed. `wrong`: it is no size. */
export function parseSize(text: string): number | null | 'wrong' {
  const typed = text.trim();
  if (typed === '') return null;
  const [, number = '', unit = ''] = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(typed) ?? [];
  const factor = units[unit.toLowerCase()];
  if (number === '' || factor === undefined) return 'wrong';
  const size = Math.round(Number(number.replace(',', '.')) * factor);
  return Number.isSafeInteger(size) ? size : 'wrong';
}

const written = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** In decimal units, as all sizes are shown: the shortest text that `parseSize` reads as exactly these bytes: a size is never rounded by opening the form. */
export function writeSize(size: number): string {
  const texts = written
    .filter(([, factor]) => size >= factor)
    .map(([unit, factor]) => `${size / factor} ${unit}`)
    .filter((text) => parseSize(text) === size);
  return [...texts, `${size} B`].reduce((best, text) => (text.length < best.length ? text : best));
}
