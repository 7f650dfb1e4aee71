/** Bytes on a simulated line: transfers share its speed, progress is told 10 times a second. */
import type { Transfer, TransferOutcome, TransferRequest } from '#ports/transfer.ts';
import { failure } from '#shared/failure.ts';
import type { SimWire } from './sim-api.ts';
import type { SendFault } from './sim-faults.ts';
import { type SimFiles, versionName } from './sim-files.ts';
import { credentialMark, type SimService, type StoreAnswer } from './sim-service.ts';

const tickMs = 100;
const stallMs = 30_000;

/** The line is shared by all that send on it, of whatever process. */
export interface SimLine {
  bytesPerSecond: number;
  sending: number;
  /** The most that ever sent at once. */
  mostSending: number;
}

export interface SimTransferOptions extends SimWire {
  readonly line: SimLine;
  readonly files: SimFiles;
  /** The service whose store the target belongs to. */
  readonly storeOf: (slotId: string) => SimService;
  readonly onSend?: (path: string) => void;
}

export function createSimTransfer(options: SimTransferOptions): Transfer {
  return {
    send: (request) => new Sending(options, request).run(),
    setBandwidthLimit() {},
    dropIdleConnections() {},
    close: async () => {},
  };
}

class Sending {
  readonly #options: SimTransferOptions;
  readonly #request: TransferRequest;
  readonly #slotId: string;
  readonly #service: SimService;
  readonly #result = Promise.withResolvers<TransferOutcome>();
  readonly #size: number;
  #sent = 0;
  #toldAt: number;
  #isOver = false;

  constructor(options: SimTransferOptions, request: TransferRequest) {
    this.#options = options;
    this.#request = request;
    this.#slotId = new URL(request.target.url).pathname.slice(1);
    this.#service = options.storeOf(this.#slotId);
    this.#size = request.expected.sizeBytes;
    this.#toldAt = options.time.elapsed;
  }

  async run(): Promise<TransferOutcome> {
    const { signal } = this.#request;
    const { line } = this.#options;
    if (signal.aborted) throw signal.reason;
    const onAbort = () => this.#result.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    line.sending += 1;
    line.mostSending = Math.max(line.mostSending, line.sending);
    this.#options.onSend?.(this.#request.path);
    if (JSON.stringify(this.#request.target).includes(credentialMark)) this.#service.credentialsAtStore += 1;
    this.#options.time.schedule(this.#service.storeMs, () => this.#begin(), this.#options.process);
    try {
      return await this.#result.promise;
    } finally {
      this.#isOver = true;
      line.sending -= 1;
      signal.removeEventListener('abort', onAbort);
    }
  }

  #begin(): void {
    if (this.#isOver || this.#tellSource()) return;
    const fault = this.#options.faults.send(this.#request.fileName);
    const refusal = this.#service.isStoreUp ? this.#refusalAtStart(fault) : null;
    if (!this.#service.isStoreUp) this.#breakOff('unreachable');
    else if (fault === 'cut-early') this.#breakOff('connection-broken');
    else if (refusal !== null) this.#refuse(refusal.status, refusal.code, null);
    else this.#tick(fault);
  }

  #refusalAtStart(fault: SendFault | null): StoreAnswer | null {
    if (fault === 'signature') return { status: 403, code: 'SignatureDoesNotMatch' };
    return fault === 'cut-early' ? null : this.#service.begin(this.#slotId);
  }

  #tick(fault: SendFault | null): void {
    const { line, time, process } = this.#options;
    const share = line.bytesPerSecond / Math.max(1, line.sending) / 1000;
    const left = this.#size - this.#sent;
    const passMs = Math.min(tickMs, Math.max(1, Math.ceil(left / share)));
    time.schedule(passMs, () => this.#pass(fault, Math.round(share * passMs)), process);
  }

  #pass(fault: SendFault | null, bytes: number): void {
    if (this.#isOver) return;
    this.#sent = Math.min(this.#size, this.#sent + Math.max(1, bytes));
    const isHalf = this.#sent * 2 >= this.#size;
    if (isHalf && fault === 'cut') this.#sent = Math.floor(this.#size / 2);
    this.#tellProgress();
    if (!this.#service.isStoreUp || (isHalf && fault === 'cut')) this.#breakOff('connection-broken');
    else if (isHalf && fault === 'stall') this.#stall();
    else if (this.#sent < this.#size) this.#tick(fault);
    else this.#end(fault);
  }

  /** At most 10 times a second, so what is told lags behind what is given. */
  #tellProgress(): void {
    const now = this.#options.time.elapsed;
    if (now - this.#toldAt < tickMs) return;
    this.#toldAt = now;
    this.#request.onProgress(this.#sent);
  }

  /** All bytes have left us: from here on the store decides, whether we live or not. */
  #end(fault: SendFault | null): void {
    if (this.#tellSource()) return;
    const { time, process } = this.#options;
    const version = versionName(this.#request.expected);
    time.schedule(this.#service.storeMs / 2, () => {
      const isKept =
        fault !== 'body-lost' && fault !== 'server-error' && (typeof fault !== 'object' || fault === null);
      const answer = isKept
        ? this.#service.take(this.#slotId, version, this.#isOver || !process.isAlive)
        : null;
      time.schedule(
        this.#service.travelMs('store') / 2,
        () => {
          if (!this.#isOver) this.#hear(fault, answer, version);
        },
        process,
      );
    });
  }

  #hear(fault: SendFault | null, answer: StoreAnswer | null, version: string): void {
    if (fault === 'answer-lost' || fault === 'body-lost') this.#breakOff('connection-broken');
    else if (fault === 'stored-error' || fault === 'server-error') this.#refuse(500, null, null);
    else if (answer === null) this.#throttle(fault);
    else if (answer.status !== 200) this.#refuse(answer.status, answer.code, null);
    else {
      this.#result.resolve({
        kind: 'stored',
        status: 200,
        etag: null,
        sha256: `sha of ${version}`,
        bytesSent: this.#sent,
        movedTo: null,
      });
    }
  }

  #throttle(fault: SendFault | null): void {
    this.#refuse(503, 'SlowDown', typeof fault === 'object' && fault !== null ? fault.throttledMs : null);
  }

  #stall(): void {
    this.#options.time.schedule(stallMs, () => this.#breakOff('stalled'), this.#options.process);
  }

  #breakOff(code: 'unreachable' | 'connection-broken' | 'stalled'): void {
    this.#spend();
    this.#result.resolve({
      kind: 'broken',
      failure: failure(code, '', { host: 'store.sim' }),
      bytesSent: this.#sent,
      allBytesGiven: this.#sent === this.#size,
    });
  }

  #refuse(status: number, storeCode: string | null, retryAfterMs: number | null): void {
    this.#spend();
    this.#result.resolve({
      kind: 'rejected',
      bytesSent: this.#sent,
      allBytesGiven: this.#sent === this.#size,
      rejection: {
        status,
        storeCode,
        message: '',
        host: 'store.sim',
        requestId: null,
        retryAfterMs,
        skewMs: null,
        bytesSent: this.#sent,
      },
    });
  }

  #spend(): void {
    if (this.#sent > 0) this.#service.spend(this.#slotId);
  }

  /** Ends the transfer where the file is not the one that was checked. */
  #tellSource(): boolean {
    const { path, expected } = this.#request;
    const current = this.#options.files.find(path);
    if (current !== null && versionName(current) === versionName(expected)) return false;
    this.#result.resolve({
      kind: 'source',
      failure: failure(current === null ? 'file-missing' : 'file-changed', '', { path }),
      bytesSent: this.#sent,
      current,
    });
    return true;
  }
}
