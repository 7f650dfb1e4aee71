/** The first argument of Electron's listeners. */
export type StandInEvent<Params extends object = object> = Params & {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
};

export function createEvent<Params extends object>(params: Params): StandInEvent<Params> {
  let isPrevented = false;
  return Object.defineProperties(
    { ...params },
    {
      preventDefault: {
        value: () => {
          isPrevented = true;
        },
        enumerable: true,
      },
      defaultPrevented: { get: () => isPrevented, enumerable: true },
    },
  ) as StandInEvent<Params>;
}

interface Emitter {
  emit(name: string, ...args: unknown[]): boolean;
}

/** Emits, and answers whether a listener prevented what would follow. */
export function emitPreventable(emitter: Emitter, name: string, params: object, ...rest: unknown[]): boolean {
  const event = createEvent(params);
  emitter.emit(name, event, ...rest);
  return event.defaultPrevented;
}
