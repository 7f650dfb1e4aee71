import { safeLine } from './show/safe-text.ts';
import type { Input, Surroundings } from './surroundings.ts';
import * as texts from './texts.ts';
import { CommandError, UsageError } from './usage-error.ts';

const longest = 8192;

/**
 * A key: from HOIST_KEY, else typed at a prompt that shows nothing, else piped in. Never from argv, where every user of
 * the machine could read it, and never echoed.
 */
export async function readKey(name: string, surroundings: Surroundings): Promise<string> {
  const { env, stdin, stderr } = surroundings;
  const given = env.HOIST_KEY ?? '';
  const text =
    given !== '' ? given : stdin.isTTY === true ? await ask(stdin, stderr, name) : await readAll(stdin);
  const key = text.trim();
  if (key === '') throw new UsageError(texts.noKey);
  if (key.length > longest || safeLine(key) !== key) throw new UsageError(texts.badKey);
  return key;
}

async function readAll(stdin: Input): Promise<string> {
  let text = '';
  for await (const chunk of stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > longest * 2) throw new UsageError(texts.badKey);
  }
  return text;
}

/** Reads one line in raw mode: the terminal neither echoes nor edits, so both are done here. */
async function ask(stdin: Input, stderr: Surroundings['stderr'], name: string): Promise<string> {
  // Before the prompt: who types fast must not be echoed either.
  stdin.setRawMode?.(true);
  stderr.write(texts.keyPrompt(name));
  stdin.setEncoding('utf8');
  stdin.resume();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let typed = '';
  const onData = (chunk: string) => {
    for (const character of chunk) {
      const step = typeKey(typed, character);
      if (step.kind === 'typed') typed = step.text;
      else if (step.kind === 'done') resolve(typed);
      else reject(new CommandError(texts.promptCanceled));
    }
  };
  const onEnd = () => resolve(typed);
  stdin.on('data', onData);
  stdin.once('end', onEnd);
  try {
    return await promise;
  } finally {
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.setRawMode?.(false);
    stdin.pause();
    stderr.write('\n');
  }
}

type Step =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'canceled' };

/** What a key press does to the line so far: Enter and Ctrl-D end it, Ctrl-C cancels, Ctrl-U clears. Pure. */
export function typeKey(text: string, character: string): Step {
  switch (character) {
    case '\r':
    case '\n':
    case '\u0004':
      return { kind: 'done' };
    case '\u0003':
      return { kind: 'canceled' };
    case '\u0015':
      return { kind: 'typed', text: '' };
    case '\u007f':
    case '\b':
      return { kind: 'typed', text: [...text].slice(0, -1).join('') };
    default:
      return { kind: 'typed', text: text + character };
  }
}
