import type { ProviderKind } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';
import type { Settings } from '#shared/settings.ts';
import type { AfterUpload, ChangedRule, WatchFolder, WatchFolderDraft } from '#shared/watch-folder.ts';
import { folderFormWords as words } from '../words/folders.ts';
import { formWords } from '../words/forms.ts';
import { parseSize, writeSize } from './sizes.ts';

/** What is typed and chosen in the dialog. */
export interface FolderForm {
  /** As it was typed; `~` is still in it. */
  readonly path: string;
  readonly destinationId: string | null;
  readonly existing: WatchFolder['existing'];
  readonly after: AfterUpload['kind'];
  /** Kept while another rule is chosen. */
  readonly moveTo: string;
  /** A rule a line. */
  readonly ignore: string;
  readonly minSize: string;
  readonly maxSize: string;
  readonly settleSeconds: number;
  readonly changed: ChangedRule;
}

export type FormField = keyof FolderForm;

/** Where the form is filled in: what its host and its destinations can do. */
export interface FormPlace {
  readonly destinations: readonly DestinationView[];
  /** The engine runs in the desktop app. */
  readonly isDesktop: boolean;
}

/**
 * Whether the service confirms a lasting asset of the very size: only then may an original be moved or trashed. The engine
 * decides; this says so before it is asked.
 */
const confirms: Readonly<Record<ProviderKind, boolean>> = {
  runflow: true,
  flora: true,
  cyberun: false,
  pupload: false,
};

const ownDemo = 'demo-flora';

/** The own ones first, in the order in which they were added. */
export const ownFirst = (views: readonly DestinationView[]): readonly DestinationView[] => [
  ...views.filter(({ destination }) => !destination.isDemo),
  ...views.filter(({ destination }) => destination.isDemo),
];

/** The default one, else the only own one, else the demo service that takes everything. */
export function firstDestination(views: readonly DestinationView[], defaultId: string | null): string | null {
  const ids = views.map(({ destination }) => destination.id);
  if (defaultId !== null && ids.includes(defaultId)) return defaultId;
  const own = views.filter(({ destination }) => !destination.isDemo);
  const [only] = own;
  if (own.length === 1 && only !== undefined) return only.destination.id;
  return own.length === 0 && ids.includes(ownDemo) ? ownDemo : null;
}

/** What a new folder begins with. */
export function emptyForm(
  path: string,
  settings: Pick<Settings, 'afterUploadDefault' | 'defaultDestinationId'>,
  place: FormPlace,
): FolderForm {
  const destinationId = firstDestination(place.destinations, settings.defaultDestinationId);
  const wished = settings.afterUploadDefault;
  return {
    path,
    destinationId,
    existing: 'baseline',
    after: whyNot(wished.kind, destinationId, place) === null ? wished.kind : 'keep',
    moveTo: wished.kind === 'move' ? wished.directory : words.movedName,
    ignore: '',
    minSize: '',
    maxSize: '',
    settleSeconds: 2,
    changed: 'new',
  };
}

export const formOf = (folder: WatchFolder): FolderForm => ({
  path: folder.path,
  destinationId: folder.destinationId,
  existing: folder.existing,
  after: folder.after.kind,
  moveTo: folder.after.kind === 'move' ? folder.after.directory : words.movedName,
  ignore: folder.ignore.join('\n'),
  minSize: folder.minBytes === undefined ? '' : writeSize(folder.minBytes),
  maxSize: folder.maxBytes === undefined ? '' : writeSize(folder.maxBytes),
  settleSeconds: folder.settleMs / 1000,
  changed: folder.changed,
});

/** As the contract takes it; null where what is typed cannot be one. `path`: the whole path that was found for it. */
export function draftOf(form: FolderForm, path: string): WatchFolderDraft | null {
  const { destinationId, existing, changed } = form;
  const minBytes = parseSize(form.minSize);
  const maxBytes = parseSize(form.maxSize);
  if (destinationId === null || minBytes === 'wrong' || maxBytes === 'wrong') return null;
  return {
    path,
    destinationId,
    existing,
    ignore: linesOf(form.ignore),
    ...(minBytes === null || minBytes === 0 ? {} : { minBytes }),
    ...(maxBytes === null || maxBytes === 0 ? {} : { maxBytes }),
    settleMs: Math.round(form.settleSeconds * 1000),
    changed,
    after: afterOf(form),
  };
}

const afterOf = ({ after, moveTo }: FolderForm): AfterUpload =>
  after === 'move' ? { kind: 'move', directory: moveTo.trim() } : { kind: after };

/** A rule may begin with a space; an empty line is none. */
const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

/** Only what is different from the folder as it is; a limit that was emptied is taken away. */
export function patchOf(draft: WatchFolderDraft, folder: WatchFolder): Readonly<Record<string, unknown>> {
  const wanted = {
    destinationId: draft.destinationId,
    ignore: draft.ignore ?? [],
    minBytes: draft.minBytes ?? null,
    maxBytes: draft.maxBytes ?? null,
    settleMs: draft.settleMs,
    changed: draft.changed,
    after: draft.after,
  };
  const now: Readonly<Record<string, unknown>> = { minBytes: null, maxBytes: null, ...folder };
  return Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(now[field])),
  );
}

/** Why originals cannot be treated so; null: they can. */
export function whyNot(
  after: AfterUpload['kind'],
  destinationId: string | null,
  { destinations, isDesktop }: FormPlace,
): string | null {
  if (after === 'keep') return null;
  if (after === 'trash' && !isDesktop) return words.trashNeedsDesktop;
  const found = destinations.find(({ destination }) => destination.id === destinationId)?.destination;
  return found === undefined || confirms[found.kind] ? null : words.needsProof(found.name);
}

/** What is wrong before the engine is asked, by field. */
export function problemsOf(form: FolderForm, place: FormPlace): ReadonlyMap<FormField, string> {
  const minBytes = parseSize(form.minSize);
  const maxBytes = parseSize(form.maxSize);
  const after = whyNot(form.after, form.destinationId, place);
  const isKnown = place.destinations.some(({ destination }) => destination.id === form.destinationId);
  const found: readonly (readonly [FormField, string] | false)[] = [
    form.path.trim() === '' && ['path', words.folderNeeded],
    !isKnown && ['destinationId', words.destinationNeeded],
    after !== null && ['after', after],
    form.after === 'move' && form.moveTo.trim() === '' && ['moveTo', words.moveToNeeded],
    minBytes === 'wrong' && ['minSize', words.sizeWrong],
    maxBytes === 'wrong' && ['maxSize', words.sizeWrong],
    isNumber(minBytes) &&
      isNumber(maxBytes) &&
      maxBytes > 0 &&
      minBytes > maxBytes && ['minSize', words.sizesCross],
  ];
  return new Map(found.filter((problem) => problem !== false));
}

const labels: Readonly<Record<FormField, string>> = {
  path: words.folder,
  destinationId: words.destination,
  existing: words.existing,
  after: words.after,
  moveTo: words.moveTo,
  ignore: words.ignore,
  minSize: words.smallest,
  maxSize: words.largest,
  settleSeconds: words.settle,
  changed: words.changed,
};

/** Why a form cannot be saved yet, in words: what is empty first, then what is wrong; null: it can be. */
export function whyNotYet(form: FolderForm, problems: ReadonlyMap<FormField, string>): string | null {
  const needed = [...problems.keys()].filter((field) => String(form[field] ?? '').trim() === '');
  if (needed.length > 0) return formWords.stillNeeded(needed.map((field) => labels[field]));
  const [first] = problems;
  return first === undefined ? null : formWords.wrong(labels[first[0]], first[1]);
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
