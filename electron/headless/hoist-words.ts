/** A command as the person would type it here: `hoist retry 3`, with the data directory where one was given. */
export type HoistWords = (...words: readonly string[]) => string;

/** `dataDir` as it was typed; undefined where it came from elsewhere, and so will the next time. */
export const hoistWords =
  (dataDir: string | undefined, platform: NodeJS.Platform): HoistWords =>
  (...words) => {
    const global = dataDir === undefined || dataDir === '' ? [] : ['--data-dir', dataDir];
    return ['hoist', ...global, ...words].map((word) => quote(word, platform)).join(' ');
  };

/** As a shell takes it for one word. */
function quote(word: string, platform: NodeJS.Platform): string {
  if (/^[\p{L}\p{N}_@%+=:,./…-]+$/u.test(word)) return word;
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
