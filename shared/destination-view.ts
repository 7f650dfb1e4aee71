/** Destinations and services, as a person sees them. */
import type { Destination, ProviderKind } from './destination.ts';
import type { Failure } from './failure.ts';

/** Why a destination starts nothing at the moment. */
export interface DestinationHold {
  readonly destinationId: string;
  readonly kind: 'rate-limited' | 'unreachable' | 'blocked' | 'paused' | 'disk-full';
  readonly until: number | null;
  readonly failure: Failure | null;
}

export interface DestinationView {
  readonly destination: Destination;
  /** The key itself never comes back. */
  readonly hasKey: boolean;
  readonly keyEnding: string | null;
  readonly hold: DestinationHold | null;
  /** The types that its service takes, as far as it was asked since the engine started; null: not known, or any. */
  readonly mimeTypes: readonly string[] | null;
}

/** One of the services, before anybody has an account there. */
export interface KindDescription {
  readonly kind: ProviderKind;
  readonly needsKey: boolean;
  readonly baseUrl: string;
  /**
   * What it will not take, as far as that is known without asking the service (Cyberun's `maxBytes` is a destination's
   * `maxSizeBytes`, where that says otherwise); null: not known, or no such limit.
   */
  readonly limits: {
    readonly minBytes: number | null;
    readonly maxBytes: number | null;
    readonly mimeTypes: readonly string[] | null;
  };
}
