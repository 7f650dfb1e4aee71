import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { PathExplanation } from '#shared/watch-folder.ts';
import { reasonOf } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { closeOverlay, useNavigation } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { common } from '../words/common.ts';
import { explainWords as words } from '../words/folders.ts';
import { readAsked } from './asked-path.ts';
import { Explanation } from './explanation.tsx';
import { PathField } from './path-field.tsx';

/** Why a path is, or is not, going up. */
export function ExplainDialog() {
  const overlay = useNavigation((navigation) => navigation.overlay);
  if (overlay.name !== 'explain') return null;
  return <Asking initial={overlay.path} />;
}

type Answer =
  | { readonly name: 'none' }
  | { readonly name: 'asking' }
  | { readonly name: 'said'; readonly explanation: PathExplanation }
  | { readonly name: 'failed'; readonly reason: string };

function Asking({ initial }: { readonly initial: string }) {
  const { api } = useWindow();
  const [path, setPath] = useState(initial);
  const [answer, setAnswer] = useState<Answer>({ name: 'none' });
  const [problem, setProblem] = useState<string | null>(null);
  const newest = useRef(0);
  const field = useRef<HTMLInputElement>(null);

  const ask = useCallback(
    async (typed: string) => {
      const own = ++newest.current;
      const asked = readAsked(typed);
      if (asked.kind === 'partial') {
        setProblem(words.pathPartial);
        return;
      }
      setAnswer({ name: 'asking' });
      const whole =
        asked.kind === 'home'
          ? api.listDirectories(asked.path).then(({ path }) => path)
          : Promise.resolve(asked.path);
      const said = await whole
        .then((found) => api.explainPath(found))
        .then((explanation): Answer => ({ name: 'said', explanation }))
        .catch((error): Answer => ({ name: 'failed', reason: reasonOf(error) }));
      if (newest.current === own) setAnswer(said);
    },
    [api],
  );

  // A file that it was opened for is explained at once; a folder is only where to begin.
  useEffect(() => {
    if (initial !== '' && !/[/\\]$/.test(initial)) void ask(initial);
  }, [initial, ask]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() !== '') void ask(path.trim());
  };
  return (
    <Dialog
      isOpen
      onClose={closeOverlay}
      title={words.title}
      description={words.text}
      initialFocus={field}
      footer={<Button onClick={closeOverlay}>{common.close}</Button>}
    >
      <form onSubmit={submit}>
        <PathField
          label={words.path}
          hint={words.pathHint}
          error={problem}
          value={path}
          inputRef={field}
          onChange={(next) => {
            setPath(next);
            // What stands there is no longer what was explained.
            newest.current++;
            setAnswer({ name: 'none' });
            setProblem(null);
          }}
        >
          <Button
            type="submit"
            tone="primary"
            className="h-8.5"
            disabled={path.trim() === '' || answer.name === 'asking'}
            focusableWhenDisabled
          >
            {answer.name === 'asking' ? words.asking : words.ask}
          </Button>
        </PathField>
      </form>
      <div role="status" className="mt-4 empty:hidden">
        {answer.name === 'failed' && <p className="m-0 text-bad break-words">{answer.reason}</p>}
        {answer.name === 'said' && (
          <Explanation
            key={answer.explanation.path}
            explanation={answer.explanation}
            onChanged={() => void ask(answer.explanation.path)}
          />
        )}
      </div>
    </Dialog>
  );
}
