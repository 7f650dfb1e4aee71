import { type LinkFormat, type LinkKind, linkFormats } from '#shared/asset.ts';
import { chosenFormat } from '#shared/chosen-format.ts';
import type { Settings } from '#shared/settings.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { copyWords as words } from '../words/copy.ts';

/** What `api.copyLink` takes. */
export type WantedFormat = LinkFormat | { readonly template: string };

type FormatSettings = Pick<Settings, 'copyFormat' | 'linkTemplate'>;

/** The format of a plain "Copy link". */
export const defaultFormat = (settings: FormatSettings | null): WantedFormat =>
  settings === null ? 'link' : chosenFormat(settings);

/**
 * The formats as entries of a menu; the own template is among them where there is one. `linkKind`: what the link of the
 * one file is that the menu is about, so that a key is not called a link.
 */
export function copyFormatEntries(
  run: (format: WantedFormat) => void,
  settings: Pick<Settings, 'linkTemplate'> | null,
  linkKind?: LinkKind,
): readonly MenuEntry[] {
  return formatChoices(settings, linkKind).map(({ label, format }) => ({
    kind: 'action',
    label,
    run: () => run(format),
  }));
}

export interface FormatChoice {
  readonly label: string;
  readonly format: WantedFormat;
}

/** Every format once. A file whose link is its reference has no second entry of that name. */
export function formatChoices(
  settings: Pick<Settings, 'linkTemplate'> | null,
  linkKind?: LinkKind,
): readonly FormatChoice[] {
  const named = linkFormats
    .filter((format) => format !== 'reference' || linkKind !== 'reference')
    .map((format) => ({
      label: format === 'link' && linkKind !== undefined ? words.kinds[linkKind] : words.formats[format],
      format,
    }));
  const template = settings?.linkTemplate ?? null;
  return template === null ? named : [...named, { label: words.template, format: { template } }];
}
