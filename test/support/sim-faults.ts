/** What can go wrong between the queue and a service: by script, or by chance. */

export type ApiOp = 'reserve' | 'renew' | 'inspect' | 'complete' | 'poll' | 'verify';

export type ApiFault =
  /** The connection broke before the service heard anything. */
  | 'request-lost'
  /** The service did it; its answer never came. */
  | 'answer-lost'
  /** No answer until somebody gives up waiting, which is after 30 s. */
  | 'hangs'
  | 'server-error'
  | 'junk'
  | 'key-refused'
  | 'asset-failed'
  | { readonly throttledMs: number | null };

export type SendFault =
  /** The connection breaks in the middle. */
  | 'cut'
  | 'cut-early'
  /** The store has every byte; its answer never came. */
  | 'answer-lost'
  /** All bytes were given, the store has none of them, and no answer came. */
  | 'body-lost'
  /** HTTP 500 after all bytes, nothing is kept. */
  | 'server-error'
  /** HTTP 500, although the store has the bytes. */
  | 'stored-error'
  /** Bytes stop to flow; after 30 s the transfer gives up. */
  | 'stall'
  | 'signature'
  | { readonly throttledMs: number | null };

export interface FaultSource {
  api(op: ApiOp, name: string): ApiFault | null;
  send(name: string): SendFault | null;
}

interface Planned<Op, Fault> {
  readonly op: Op;
  readonly name: string | null;
  readonly fault: Fault;
  times: number;
}

/** Faults that were ordered, each for so many times; after them whatever `rest` has in mind. */
export class SimFaults implements FaultSource {
  rest: FaultSource = { api: () => null, send: () => null };
  readonly #api: Planned<ApiOp, ApiFault>[] = [];
  readonly #sends: Planned<'send', SendFault>[] = [];

  onApi(
    op: ApiOp,
    fault: ApiFault,
    { name = null, times = 1 }: { name?: string | null; times?: number } = {},
  ) {
    this.#api.push({ op, name, fault, times });
  }

  onSend(fault: SendFault, { name = null, times = 1 }: { name?: string | null; times?: number } = {}) {
    this.#sends.push({ op: 'send', name, fault, times });
  }

  api(op: ApiOp, name: string): ApiFault | null {
    return take(this.#api, op, name) ?? this.rest.api(op, name);
  }

  send(name: string): SendFault | null {
    return take(this.#sends, 'send', name) ?? this.rest.send(name);
  }
}

function take<Op, Fault>(planned: readonly Planned<Op, Fault>[], op: Op, name: string): Fault | null {
  const found = planned.find(
    (each) => each.op === op && each.times > 0 && (each.name === null || each.name === name),
  );
  if (found === undefined) return null;
  found.times -= 1;
  return found.fault;
}
