/** From the options of `destinations add` to a draft, and from what is wrong with the draft back to the options. Pure. */
import type { DraftProblem, ProviderKind } from '#shared/destination.ts';
import { parseBytes, parseCount } from './option-values.ts';
import { safeLine } from './show/safe-text.ts';
import { UsageError } from './usage-error.ts';

export interface AddDestinationOptions {
  readonly kind: string;
  readonly baseUrl?: string;
  readonly lanes?: string;
  readonly workspaceId?: string;
  readonly folder?: string;
  readonly projectId?: string;
  readonly folderId?: string;
  readonly organizationId?: string;
  readonly teamId?: string;
  readonly maxSize?: string;
  readonly project?: string;
  readonly flow?: string;
  readonly flowFile?: string;
  readonly edge?: string;
}

/** The options that are one kind's own, as they are typed. */
const ownFlags: Readonly<Record<ProviderKind, readonly string[]>> = {
  runflow: ['--folder-id', '--organization-id'],
  flora: ['--workspace-id', '--folder', '--project-id'],
  cyberun: ['--team-id', '--max-size'],
  pupload: ['--project', '--flow', '--flow-file', '--edge'],
};

/** `projectId` is missing: it is FLORA's project, or the one of a Pupload flow. */
const flagOfField: Readonly<Record<string, string>> = {
  name: 'The name',
  baseUrl: '--base-url',
  lanes: '--lanes',
  workspaceId: '--workspace-id',
  folder: '--folder',
  folderId: '--folder-id',
  organizationId: '--organization-id',
  teamId: '--team-id',
  maxSizeBytes: '--max-size',
  flowName: '--flow',
  flowFile: '--flow-file',
  edge: '--edge',
};

/** `toPath`: an absolute path, from where the user is. The engine knows which options a kind has. */
export function readDraft(
  name: string,
  kind: ProviderKind,
  options: AddDestinationOptions,
  toPath: (text: string) => string,
): { readonly name: string; readonly kind: ProviderKind; readonly [field: string]: unknown } {
  const [project, foreign] =
    kind === 'pupload'
      ? ([options.project, options.projectId && '--project-id'] as const)
      : ([options.projectId, options.project && '--project'] as const);
  if (foreign) throw new UsageError(`${noOption(foreign, kind)}.`);
  const given = {
    baseUrl: options.baseUrl,
    lanes: options.lanes === undefined ? undefined : parseCount('--lanes', options.lanes),
    workspaceId: options.workspaceId,
    folder: options.folder,
    folderId: options.folderId,
    organizationId: options.organizationId,
    teamId: options.teamId,
    maxSizeBytes: options.maxSize === undefined ? undefined : parseBytes('--max-size', options.maxSize),
    projectId: project,
    flowName: options.flow,
    flowFile: options.flowFile === undefined ? undefined : toPath(options.flowFile),
    edge: options.edge,
  };
  return { name, kind, ...dropUndefined(given) };
}

const dropUndefined = (given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** "--workspace-id is missing. --lanes: Give a whole number from 1 to 16." */
export function problemsText(
  problems: readonly DraftProblem[],
  kind: ProviderKind,
  options: AddDestinationOptions,
): string {
  return problems
    .map((problem) => problemText(problem, kind, options))
    .map((text) => (text.endsWith('.') ? text : `${text}.`))
    .join(' ');
}

function problemText(
  { field, kind: what, text }: DraftProblem,
  kind: ProviderKind,
  options: AddDestinationOptions,
): string {
  // The one rule that is about several fields.
  if (field === '' && kind === 'pupload') return 'Give either --project and --flow, or --flow-file';
  const flag = flagOf(field, kind);
  if (what === 'missing') return `${flag} is missing`;
  if (what === 'unknown') return noOption(flag, kind);
  const value = field === 'flowFile' ? ` ${options.flowFile ?? ''}` : '';
  return safeLine(`${flag}${value}: ${text}`);
}

function flagOf(field: string, kind: ProviderKind): string {
  if (field === 'projectId') return kind === 'pupload' ? '--project' : '--project-id';
  return Object.hasOwn(flagOfField, field) ? (flagOfField[field] ?? field) : field;
}

const noOption = (flag: string, kind: ProviderKind): string =>
  `${flag} is no option of ${kind}, which has ${ownFlags[kind].join(', ')}`;
