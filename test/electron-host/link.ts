/** Questions and answers between two processes over Node's own channel between parent and child. */

/** Every question of one side: its name, what it takes, what it answers. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

export type Served<C extends object> = {
  readonly [N in keyof C]: C[N] extends (...args: infer A) => infer R
    ? (...args: A) => Awaited<R> | Promise<Awaited<R>>
    : never;
};

export type Asked<C extends object> = {
  readonly [N in keyof C]: C[N] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

interface Port {
  send(message: Envelope): void;
  onMessage(listener: (message: Envelope) => void): void;
}

type Envelope =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string };

export interface Link<Theirs extends object> {
  readonly ask: Asked<Theirs>;
  /** The other side is gone: what is open, and all that follows, is rejected. */
  lose(why: string): void;
}

/** `ours` answers the other side's questions; what it throws arrives there as the message of an Error. */
export function createLink<Theirs extends object, Ours extends object>(
  port: Port,
  ours: Served<Ours>,
): Link<Theirs> {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let lost: string | null = null;

  async function answer(id: number, name: string, args: readonly unknown[]): Promise<void> {
    const send = (message: Envelope) => {
      if (lost === null) port.send(message);
    };
    try {
      const call = (ours as Readonly<Record<string, (...all: readonly unknown[]) => unknown>>)[name];
      if (call === undefined) throw new Error(`Nobody answers ${name}.`);
      send({ kind: 'answer', id, value: await call(...args) });
    } catch (error) {
      send({ kind: 'refusal', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  port.onMessage((message) => {
    if (message.kind === 'ask') void answer(message.id, message.name, message.args);
    else {
      const waiting = open.get(message.id);
      open.delete(message.id);
      if (message.kind === 'answer') waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.message));
    }
  });

  function ask(name: string, args: readonly unknown[]): Promise<unknown> {
    if (lost !== null) return Promise.reject(new Error(lost));
    const waiting = Promise.withResolvers<unknown>();
    const id = ++lastId;
    open.set(id, waiting);
    port.send({ kind: 'ask', id, name, args });
    return waiting.promise;
  }

  return {
    ask: new Proxy({} as Asked<Theirs>, {
      get:
        (_target, name) =>
        (...args: readonly unknown[]) =>
          ask(String(name), args),
    }),
    lose(why) {
      lost = why;
      for (const waiting of open.values()) waiting.reject(new Error(why));
      open.clear();
    },
  };
}
