import { useLinks } from './links-context.tsx';
import { RemoveAllDialog } from './remove-all-dialog.tsx';
import { SendAgainDialog } from './send-again-dialog.tsx';
import { TemplateDialog } from './template-dialog.tsx';
import type { LinkDialog } from './use-link-doings.ts';

/** What asks before something is done. */
export function LinkDialogs({ dialog, onClose }: { readonly dialog: LinkDialog | null; onClose(): void }) {
  const { rows, selection } = useLinks();
  if (dialog === null) return null;
  switch (dialog.name) {
    case 'sendAgain':
      return <SendAgainDialog job={dialog.job} onClose={onClose} />;
    case 'removeAll':
      return <RemoveAllDialog at={dialog.at} onClose={onClose} />;
    case 'template': {
      const [chosen] = selection.selection.kind === 'some' ? selection.selection.ids : [];
      const shown = chosen === undefined ? undefined : rows.at(rows.indexOf(chosen));
      return <TemplateDialog job={dialog.job ?? shown ?? rows.at(0) ?? null} onClose={onClose} />;
    }
  }
}
