import { sayOfCopy } from '../../links/copy-said.ts';
import { attempt } from '../../live/attempt.ts';
import { useWindow } from '../../live/window-context.tsx';
import { detailsWords as words } from '../../words/details.ts';

/** Copies one thing as it stands and says what it was. */
export function useCopyFact(): (name: string, text: string) => void {
  const { host } = useWindow();
  return (name, text) => {
    const copying = host.copyText(text).then(() => true);
    void attempt(copying).then(
      (isCopied) => isCopied && sayOfCopy({ title: words.copied(name), tone: 'ok' }),
    );
  };
}
