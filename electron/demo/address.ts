/** Where a running demo service is and how to get in. Everything but the ports follows from the directory's secret. */
import { createHmac } from 'node:crypto';

export interface DemoAddress {
  /** Where the four APIs are, each under its own path. */
  readonly origin: string;
  /** Where the bytes go: another origin, as with the real services, so that a leaked credential shows. */
  readonly storeOrigin: string;
  readonly runflow: { readonly baseUrl: string; readonly key: string };
  readonly flora: {
    readonly baseUrl: string;
    readonly key: string;
    readonly workspaceId: string;
    readonly projectId: string;
  };
  readonly cyberun: {
    readonly baseUrl: string;
    /** An integration credential (`sk-`). */
    readonly key: string;
    /** A device credential (`dk-`). */
    readonly deviceKey: string;
    /** A user's JWT: works with `X-Team-ID: teamId` only. */
    readonly userToken: string;
    readonly teamId: string;
  };
  readonly pupload: {
    readonly baseUrl: string;
    readonly key: null;
    readonly projectId: string;
    /** One upload edge: `file`. */
    readonly flowName: string;
    /** Two upload edges: `image` and `mask`. */
    readonly twoEdgeFlowName: string;
    /** For flow files of one's own: the only store that exists. */
    readonly store: { readonly endpoint: string; readonly bucket: string };
  };
}

export interface Ports {
  readonly api: number;
  readonly store: number;
}

export const buckets = {
  runflow: 'runflow-assets',
  flora: 'flora-assets',
  cyberun: 'cyberun-inputs',
  pupload: 'pupload-uploads',
} as const;

/** A value that belongs to this directory for good: keys and ids survive a restart, so links and settings do. */
export function derive(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('hex');
}

function deriveUuid(secret: string, purpose: string): string {
  const hex = derive(secret, purpose);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

export function addressOf(secret: string, ports: Ports): DemoAddress {
  const origin = `http://127.0.0.1:${ports.api}`;
  const short = (purpose: string) => derive(secret, purpose).slice(0, 32);
  const jwtPart = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    origin,
    storeOrigin: `http://127.0.0.1:${ports.store}`,
    runflow: { baseUrl: `${origin}/runflow`, key: `rf_live_${short('runflow key')}` },
    flora: {
      baseUrl: `${origin}/flora/api/v1`,
      key: `sk_live_${short('flora key')}`,
      workspaceId: `ws_${short('flora workspace').slice(0, 12)}`,
      projectId: `prj_${short('flora project').slice(0, 12)}`,
    },
    cyberun: {
      baseUrl: `${origin}/cyberun/api/v1`,
      key: `sk-${short('cyberun key')}`,
      deviceKey: `dk-${short('cyberun device')}`,
      userToken: `${jwtPart({ alg: 'HS256', typ: 'JWT' })}.${jwtPart({ sub: 'demo' })}.${short('cyberun user')}`,
      teamId: deriveUuid(secret, 'cyberun team'),
    },
    pupload: {
      baseUrl: `${origin}/pupload/api/v1`,
      key: null,
      projectId: deriveUuid(secret, 'pupload project'),
      flowName: 'publish',
      twoEdgeFlowName: 'cut-out',
      store: { endpoint: `127.0.0.1:${ports.store}`, bucket: buckets.pupload },
    },
  };
}
