/** What a service made of a file, and the link a person pastes. Windows load this: `zod/mini`, as in destination.ts. */
import * as z from 'zod/mini';

/**
 * - `url`: opens in a browser (FLORA for long, Runflow for minutes, so it is asked for anew)
 * - `reference`: understood by the service only (`runflow://assets/{id}`)
 * - `key`: goes into a run's parameters (Cyberun `file_key`)
 * - `run`: the status of a Pupload flow run
 */
export const linkKinds = ['url', 'reference', 'key', 'run'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A Pupload artifact: an object in a store; Pupload has no way to download it. */
export const artifactSchema = z.object({ edge: z.string(), store: z.string(), object: z.string() });
export type Artifact = z.infer<typeof artifactSchema>;

/** The asset as it is kept: nothing in it dies unnoticed (a short-lived URL is never part of it). */
export const assetSchema = z.object({
  id: z.string(),
  /** What can be pasted even when the service cannot be asked: long-lived URL, reference, key or run URL. */
  link: z.string(),
  linkKind: z.enum(linkKinds),
  /** Epoch ms when `link` stops to work; null: not known to end. */
  linkExpiresAt: z.nullable(z.number()),
  /** The service gives a better, short-lived URL on request (Runflow). */
  hasFreshUrl: z.boolean(),
  /** Size that the service itself confirmed; null where it says none. Moving or trashing originals needs it. */
  confirmedBytes: z.nullable(z.number()),
  artifacts: z._default(z.array(artifactSchema), []),
});
export type Asset = z.infer<typeof assetSchema>;

/** The service's own way to name the asset (`runflow://assets/{id}`); null where it has none but the id. */
export const referenceOf = (asset: Pick<Asset, 'link' | 'linkKind'>): string | null =>
  asset.linkKind === 'reference' ? asset.link : null;

export interface Link {
  readonly text: string;
  readonly kind: LinkKind;
  readonly expiresAt: number | null;
}

export const linkFormats = ['link', 'markdown', 'html', 'id', 'reference', 'json'] as const;
export type LinkFormat = (typeof linkFormats)[number];

/** What a format or template may speak of. */
export interface LinkSubject {
  readonly link: string;
  /** What `link` is; absent counts as an address. */
  readonly linkKind?: LinkKind;
  readonly name: string;
  readonly assetId: string;
  /** See referenceOf; where it is absent or null, the id stands for it. */
  readonly reference?: string | null;
  readonly mimeType: string;
  readonly path: string;
  readonly destination: string;
  readonly sha256: string | null;
}

/** With the link as it is kept: a short-lived one is only signed when it is copied. */
export function subjectOf(
  job: {
    readonly name: string;
    readonly mimeType: string;
    readonly path: string;
    readonly destinationName: string;
    readonly sha256: string | null;
  },
  asset: Asset,
): LinkSubject {
  const { name, mimeType, path, destinationName: destination, sha256 } = job;
  const { link, linkKind, id: assetId } = asset;
  return {
    link,
    linkKind,
    name,
    assetId,
    reference: referenceOf(asset),
    mimeType,
    path,
    destination,
    sha256,
  };
}

/** All that some reader takes for the end of a line. File names may hold any of them. */
const lineBreak = /[\n\v\f\r\u0085\u2028\u2029]/g;
const lineBreaks = new RegExp(`${lineBreak.source}+`, 'g');
const inOneLine = (text: string) => text.replace(lineBreaks, ' ');
const numericReference = (character: string) => `&#${character.charCodeAt(0)};`;

/** HTML forbids references to the three of these that are controls, or reads them as something else. */
const escapeHtml = (text: string) =>
  text.replace(/[\v\f\u0085]/g, ' ').replace(/[&<>"'\n\r\u2028\u2029]/g, numericReference);
/** Also what markdown would hand on as HTML or read as an entity; a lone underscore inside a name needs nothing. */
const escapeMarkdown = (text: string) => inOneLine(text.replace(/[\\[\]<>`*]|&(?=#?\w+;)/g, '\\$&'));
const markdownTarget = (link: string) =>
  link.replace(/[()\s\u0085<>\\]/g, (c) => encodeURIComponent(c).replace('(', '%28').replace(')', '%29'));
/** JSON has its own escapes for all of them, and writes only some by itself. */
const escapeJson = (json: string) =>
  json.replace(lineBreak, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Writes a link in a format, or into a template of the user's (see templateWords). One line for each link, whatever the
 * name of its file: only a template may bring line breaks of its own.
 */
export function formatLink(format: LinkFormat | { readonly template: string }, subject: LinkSubject): string {
  if (typeof format === 'object') return fillTemplate(format.template, subject);
  // A key or a flow run's status is no address that a picture could be fetched from.
  const isImage = subject.mimeType.startsWith('image/') && (subject.linkKind ?? 'url') === 'url';
  switch (format) {
    case 'link':
      return inOneLine(subject.link);
    case 'markdown':
      return `${isImage ? '!' : ''}[${escapeMarkdown(subject.name)}](${markdownTarget(subject.link)})`;
    case 'html':
      return isImage
        ? `<img src="${escapeHtml(subject.link)}" alt="${escapeHtml(subject.name)}">`
        : `<a href="${escapeHtml(subject.link)}">${escapeHtml(subject.name)}</a>`;
    case 'id':
      return inOneLine(subject.assetId);
    case 'reference':
      return inOneLine(subject.reference ?? subject.assetId);
    case 'json':
      return escapeJson(JSON.stringify({ ...subject }));
  }
}

/** The words that a template may have in braces, and what stands there then. */
const templateValues = {
  link: (subject) => subject.link,
  name: (subject) => subject.name,
  id: (subject) => subject.assetId,
  reference: (subject) => subject.reference ?? subject.assetId,
  type: (subject) => subject.mimeType,
  path: (subject) => subject.path,
  destination: (subject) => subject.destination,
  sha256: (subject) => subject.sha256 ?? '',
} as const satisfies Record<string, (subject: LinkSubject) => string>;
export type TemplateWord = keyof typeof templateValues;
export const templateWords = Object.keys(templateValues) as readonly TemplateWord[];

const wordInBraces = /\{(\w+)\}/g;
const findTemplateWord = (word: string) => templateWords.find((known) => known === word);

/** The words in braces that mean nothing, each once: a template that was mistyped, or text that has braces. */
export function unknownTemplateWords(template: string): readonly string[] {
  const words = Array.from(template.matchAll(wordInBraces), ([, word = '']) => word);
  return [...new Set(words)].filter((word) => findTemplateWord(word) === undefined);
}

/** Braces around anything else stay as they are. */
function fillTemplate(template: string, subject: LinkSubject): string {
  return template.replace(wordInBraces, (whole, word: string) => {
    const known = findTemplateWord(word);
    return known === undefined ? whole : inOneLine(templateValues[known](subject));
  });
}
