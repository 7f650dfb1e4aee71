import type { LinkFormat } from './asset.ts';
import type { Settings } from './settings.ts';

/** What a plain "Copy link" asks for; the plain link while the person's own template is not written. */
export function chosenFormat({
  copyFormat,
  linkTemplate,
}: Pick<Settings, 'copyFormat' | 'linkTemplate'>): LinkFormat | { readonly template: string } {
  if (copyFormat !== 'template') return copyFormat;
  return linkTemplate === null ? 'link' : { template: linkTemplate };
}
