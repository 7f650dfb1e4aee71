import { hasOpenPopup } from '../../commands/covering.ts';
import { isTextField } from '../../commands/fields.ts';
import { nameFiles } from './pasted-files.ts';

/** Files and pictures that are pasted anywhere but into a field, with nothing open over the page. */
export function listenForPastes(onFiles: (files: readonly File[]) => void): () => void {
  const onPaste = (event: ClipboardEvent) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (event.defaultPrevented || files.length === 0 || isTextField(event.target) || hasOpenPopup()) return;
    event.preventDefault();
    onFiles(nameFiles(files, Date.now()));
  };
  window.addEventListener('paste', onPaste);
  return () => window.removeEventListener('paste', onPaste);
}
