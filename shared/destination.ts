/**
 * A destination: a provider plus the user's account, base URL and options. Secret fields live elsewhere, sealed. Windows
 * load this, so it is written with `zod/mini`: of that, the bundle holds only what is used.
 */
import * as z from 'zod/mini';
import { parseUrl } from './parse-url.ts';

export const providerKinds = ['runflow', 'flora', 'cyberun', 'pupload'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** What people may call a destination: it is typed after `--to`. Many scripts need combining marks (\p{M}). */
export const destinationNameSchema = z
  .string()
  .check(
    z.regex(
      /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._ -]{0,63}$/u,
      'Use 1 to 64 letters, digits, dots, dashes, spaces or underscores.',
    ),
  );

/** Nothing but scheme, host and path: request paths are appended to the text as it is, so a bare `?` counts too. */
const isPlainUrl = (text: string) => {
  const url = parseUrl(text);
  return url === null || (url.username === '' && url.password === '' && !/[?#]/.test(text));
};

const baseUrlSchema = z.url({ protocol: /^https?$/, error: 'Give an http or https address.' }).check(
  z.refine(isPlainUrl, 'A base URL has no user name, query or fragment.'),
  z.overwrite((text) => text.replace(/\/+$/, '')),
);

const laneRange = 'Give a whole number from 1 to 16.';
const laneCount = z.int(laneRange).check(z.minimum(1, laneRange), z.maximum(16, laneRange));

const word = z.string().check(z.minLength(1));

const common = {
  id: word.check(z.maxLength(64)),
  name: destinationNameSchema,
  baseUrl: baseUrlSchema,
  /** The ceiling of parallel transfers; control requests get twice as many. */
  lanes: z._default(laneCount, 4),
  isPaused: z._default(z.boolean(), false),
  /** Belongs to the built-in demo service: its address and key come from there. */
  isDemo: z._default(z.boolean(), false),
};

export const runflowSchema = z.object({
  ...common,
  kind: z.literal('runflow'),
  folderId: z.optional(word),
  organizationId: z.optional(word),
});
export const floraSchema = z.object({
  ...common,
  kind: z.literal('flora'),
  workspaceId: z.string().check(z.regex(/^ws_./, 'A FLORA workspace id starts with ws_.')),
  folder: z.optional(word),
  projectId: z.optional(z.string().check(z.regex(/^prj_./, 'A FLORA project id starts with prj_.'))),
});
/** What Cyberun takes unless its operator changed it. */
export const cyberunMaxBytes = 500_000_000;
const sizeRange = 'Give a size above zero.';
export const cyberunSchema = z.object({
  ...common,
  kind: z.literal('cyberun'),
  /** Sent with a user JWT only; sk- and dk- keys do not need it. */
  teamId: z.optional(word),
  /** The server's own limit; 500 MB unless its operator changed it. */
  maxSizeBytes: z._default(z.int(sizeRange).check(z.positive(sizeRange)), cyberunMaxBytes),
});
export const puploadSchema = z
  .object({
    ...common,
    kind: z.literal('pupload'),
    projectId: z.optional(z.uuid('A Pupload project is named by its UUID.')),
    flowName: z.optional(word),
    /** Absolute path of a flow file (JSON with Flow and Tasks or NodeDefs). */
    flowFile: z.optional(word),
    /** The upload edge that single files go to, where the flow has several. */
    edge: z.optional(word),
  })
  .check(
    z.refine(
      (value) =>
        (value.flowFile === undefined) === (value.projectId !== undefined && value.flowName !== undefined),
      { error: 'Give either a project and a flow name, or a flow file.' },
    ),
  );

export const destinationSchema = z.discriminatedUnion('kind', [
  runflowSchema,
  floraSchema,
  cyberunSchema,
  puploadSchema,
]);
export type Destination = z.infer<typeof destinationSchema>;
export type DestinationOf<K extends ProviderKind> = Extract<Destination, { kind: K }>;

/** Where each service lives unless the user says otherwise; from the services' own documents. */
export const defaultBaseUrl: Readonly<Record<ProviderKind, string>> = {
  runflow: 'https://api.runflow.io',
  flora: 'https://app.flora.ai/api/v1',
  cyberun: 'https://core.cyberun.cloud/api/v1',
  pupload: 'http://localhost:1234/api/v1',
};

/** Pupload has no authentication at all. */
export const needsKey: Readonly<Record<ProviderKind, boolean>> = {
  runflow: true,
  flora: true,
  cyberun: true,
  pupload: false,
};

/** What a person gives to make a destination; the key travels beside it and is sealed at once. */
export type DestinationDraft = z.input<typeof destinationDraftSchema>;
export const destinationDraftSchema = z
  .looseObject({ name: destinationNameSchema, kind: z.enum(providerKinds) })
  .check(z.meta({ description: 'name, kind, and the options of that kind' }));

/** One thing that is wrong with a draft, under the name of its field; an empty name where several fields share it. */
export interface DraftProblem {
  readonly field: string;
  readonly kind: 'missing' | 'unknown' | 'wrong';
  readonly text: string;
}

/** The demo service's four destinations; they exist in every data directory without set-up. */
export const demoDestinationNames = ['demo-runflow', 'demo-flora', 'demo-cyberun', 'demo-pupload'] as const;

/** Where a demo destination's base URL points to until its service has been started or found. */
export const demoNotStartedUrl = 'http://127.0.0.1/demo-service-not-started-yet';

/** False for a demo destination whose service nobody here has met: its address and its ids are not known yet. */
export const isAddressKnown = ({ isDemo, baseUrl }: Pick<Destination, 'isDemo' | 'baseUrl'>): boolean =>
  !isDemo || baseUrl !== demoNotStartedUrl;
