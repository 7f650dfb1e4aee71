import {
  type Destination,
  type DestinationDraft,
  defaultBaseUrl,
  destinationSchema,
  type ProviderKind,
} from '#shared/destination.ts';
import { parseSize, writeSize } from '../folders/sizes.ts';
import { destinationWords as words } from '../words/destinations.ts';
import { formWords } from '../words/forms.ts';
import { fieldsOf } from './fields.ts';

/** What is typed into the form. The key is not among it: it has a life of its own. */
export interface DraftForm {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly lanes: number;
  readonly texts: Readonly<Record<string, string>>;
}

export const emptyForm = (kind: ProviderKind, names: readonly string[]): DraftForm => ({
  kind,
  name: freeName(kind, names),
  baseUrl: defaultBaseUrl[kind],
  lanes: 4,
  texts: {},
});

export function formOf(destination: Destination): DraftForm {
  const { kind, name, baseUrl, lanes } = destination;
  const known: Readonly<Record<string, unknown>> = destination;
  const texts = fieldsOf[kind].flatMap((field) => {
    const value = known[field.name];
    if (value === undefined) return [];
    const text = field.isSize && typeof value === 'number' ? writeSize(value) : String(value);
    return [[field.name, text] as const];
  });
  return { kind, name, baseUrl, lanes, texts: Object.fromEntries(texts) };
}

/** As the contract takes it: fields that are empty are absent. */
export function draftOf({ kind, name, baseUrl, lanes, texts }: DraftForm): DestinationDraft {
  const own = fieldsOf[kind].flatMap((field) => {
    const value = texts[field.name]?.trim() ?? '';
    return value === '' ? [] : [[field.name, field.isSize ? parseSize(value) : value] as const];
  });
  return { kind, name: name.trim(), baseUrl: baseUrl.trim(), lanes, ...Object.fromEntries(own) };
}

/** As a change of a destination that is there: what was emptied is taken away. */
export function patchOf(form: DraftForm): Readonly<Record<string, unknown>> {
  const { kind: _kind, ...draft } = draftOf(form);
  const gone = fieldsOf[form.kind].filter(({ name }) => !Object.hasOwn(draft, name));
  return { ...Object.fromEntries(gone.map(({ name }) => [name, null])), ...draft };
}

/** What is wrong, by field; a fault of several fields together stands under ''. `names`: of the other destinations. */
export function problemsOf(form: DraftForm, names: readonly string[]): ReadonlyMap<string, string> {
  const draft = draftOf(form);
  const problems = new Map<string, string>();
  for (const { name, isRequired, isSize } of fieldsOf[form.kind]) {
    if (isRequired && !Object.hasOwn(draft, name)) problems.set(name, words.required);
    if (isSize && parseSize(form.texts[name] ?? '') === 'wrong') problems.set(name, words.sizeWrong);
  }
  const parsed = destinationSchema.safeParse({ ...draft, id: 'draft' });
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0] ?? '');
    if (!problems.has(field)) problems.set(field, issue.message);
  }
  if (names.some((other) => other.toLowerCase() === draft.name.toLowerCase())) {
    problems.set('name', words.nameTaken);
  }
  return problems;
}

/** Why a form cannot be saved yet. */
export interface Lack {
  /** In words. */
  readonly text: string;
  /** The field to go to first; null: it is of no single one. */
  readonly field: string | null;
}

/** The key among the fields: it is none of the draft. */
export const keyField = 'key';

/** What is empty first, then what is wrong; null: it can be saved. */
export function whyNotYet(
  form: DraftForm,
  problems: ReadonlyMap<string, string>,
  hasKey: boolean,
): Lack | null {
  const fields: readonly (readonly [name: string, label: string, value: string])[] = [
    ['name', words.name, form.name],
    ['baseUrl', words.baseUrl, form.baseUrl],
    ...fieldsOf[form.kind].map(({ name, label }) => [name, label, form.texts[name] ?? ''] as const),
  ];
  const empty = fields.filter(([name, , value]) => problems.has(name) && value.trim() === '');
  const needed = [...(hasKey ? [] : [[keyField, words.keyField] as const]), ...empty];
  if (needed[0] !== undefined) {
    return { text: formWords.stillNeeded(needed.map(([, label]) => label)), field: needed[0][0] };
  }
  const [first] = problems;
  if (first === undefined) return null;
  const [name, problem] = first;
  const label = fields.find(([known]) => known === name)?.[1];
  return label === undefined
    ? { text: problem, field: null }
    : { text: formWords.wrong(label, problem), field: name };
}

/** "FLORA", and where that is taken "FLORA 2". */
export function freeName(kind: ProviderKind, names: readonly string[]): string {
  const base = words.kinds[kind].name;
  const taken = new Set(names.map((name) => name.toLowerCase()));
  if (!taken.has(base.toLowerCase())) return base;
  for (let number = 2; ; number++) {
    const name = `${base} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
