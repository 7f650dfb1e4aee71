/** Remembers what a service answered, per destination, and asks once where many want to know at the same time. */

export interface AnswerCache<T> {
  /** The remembered answer, if it is young enough; else what `ask` gives. A failed question is not remembered. */
  get(key: string, request: CacheRequest<T>): Promise<T>;
  /** What is remembered, however old; undefined: nothing. */
  peek(key: string): T | undefined;
  forget(key: string): void;
}

export interface CacheRequest<T> {
  readonly now: number;
  readonly signal: AbortSignal;
  readonly ask: () => Promise<T>;
}

/** More destinations than this at a time nobody has; the oldest is forgotten. */
const mostEntries = 100;

export function createAnswerCache<T>(maxAgeMs: number): AnswerCache<T> {
  const answers = new Map<string, { readonly value: T; readonly at: number }>();
  const running = new Map<string, Promise<T>>();

  async function ask(key: string, request: CacheRequest<T>): Promise<T> {
    const question = request.ask();
    running.set(key, question);
    try {
      const value = await question;
      answers.delete(key);
      answers.set(key, { value, at: request.now });
      const oldest = answers.keys().next();
      if (answers.size > mostEntries && !oldest.done) answers.delete(oldest.value);
      return value;
    } finally {
      if (running.get(key) === question) running.delete(key);
    }
  }

  return {
    async get(key, request) {
      const known = answers.get(key);
      // A clock that was set back must not keep an answer for ever.
      if (known !== undefined && Math.abs(request.now - known.at) < maxAgeMs) return known.value;
      const other = running.get(key);
      if (other !== undefined) {
        const shared = await withAbort(other, request.signal);
        if (shared !== null) return shared.value;
        // Whoever asked first gave up or failed, for reasons of its own.
      }
      return ask(key, request);
    },
    peek: (key) => answers.get(key)?.value,
    forget(key) {
      answers.delete(key);
    },
  };
}

/** Null where the other's question failed; rejects with the reason of our own signal only. */
async function withAbort<T>(question: Promise<T>, signal: AbortSignal): Promise<{ value: T } | null> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<null>();
  const stop = () => aborted.resolve(null);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([
      question.then(
        (value) => ({ value }),
        () => null,
      ),
      aborted.promise,
    ]);
  } finally {
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }
}
