/** What a service made of a file, and the link a person pastes. */
import { z } from 'zod';

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
  linkExpiresAt: z.number().nullable(),
  /** The service gives a better, short-lived URL on request (Runflow). */
  hasFreshUrl: z.boolean(),
  /** Size that the service itself confirmed; null where it says none. Moving or trashing originals needs it. */
  confirmedBytes: z.number().nullable(),
  artifacts: z.array(artifactSchema).default([]),
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
  readonly name: string;
  readonly assetId: string;
  /** See referenceOf; where it is absent or null, the id stands for it. */
  readonly reference?: string | null;
  readonly mimeType: string;
  readonly path: string;
  readonly destination: string;
  readonly sha256: string | null;
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
/** Also what markdown would hand on as HTML or read as an entity; a lone underscore inside a name needs nothing. */
const escapeMarkdown = (text: string) =>
  text.replace(/[\\[\]<>`*]|&(?=#?\w+;)/g, '\\$&').replace(/[\r\n]+/g, ' ');
const markdownTarget = (link: string) =>
  link.replace(/[()\s<>\\]/g, (c) => encodeURIComponent(c).replace('(', '%28').replace(')', '%29'));

/**
 * Writes a link in a format, or into a template of the user's: `{link}`, `{name}`, `{id}`, `{reference}`, `{type}`,
 * `{path}`, `{destination}`, `{sha256}`; other braces stay as they are.
 */
export function formatLink(format: LinkFormat | { readonly template: string }, subject: LinkSubject): string {
  if (typeof format === 'object') return fillTemplate(format.template, subject);
  const isImage = subject.mimeType.startsWith('image/');
  switch (format) {
    case 'link':
      return subject.link;
    case 'markdown':
      return `${isImage ? '!' : ''}[${escapeMarkdown(subject.name)}](${markdownTarget(subject.link)})`;
    case 'html':
      return isImage
        ? `<img src="${escapeHtml(subject.link)}" alt="${escapeHtml(subject.name)}">`
        : `<a href="${escapeHtml(subject.link)}">${escapeHtml(subject.name)}</a>`;
    case 'id':
      return subject.assetId;
    case 'reference':
      return subject.reference ?? subject.assetId;
    case 'json':
      return JSON.stringify({ ...subject });
  }
}

function fillTemplate(template: string, subject: LinkSubject): string {
  // A Map: an object would also answer to the names of its prototype ({constructor}).
  const values = new Map([
    ['link', subject.link],
    ['name', subject.name],
    ['id', subject.assetId],
    ['reference', subject.reference ?? subject.assetId],
    ['type', subject.mimeType],
    ['path', subject.path],
    ['destination', subject.destination],
    ['sha256', subject.sha256 ?? ''],
  ]);
  return template.replace(/\{(\w+)\}/g, (whole, word: string) => values.get(word) ?? whole);
}
