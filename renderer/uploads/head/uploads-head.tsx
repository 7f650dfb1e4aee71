import { Pause, Play } from 'lucide-react';
import type { RefObject } from 'react';
import { attempt } from '../../live/attempt.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { PageHead } from '../../shell/page-head.tsx';
import { WhileRunning } from '../../shell/while-running.tsx';
import { Button } from '../../ui/button.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';
import { AddButton } from './add-button.tsx';
import { SearchField } from './search-field.tsx';
import { ViewMenu } from './view-menu.tsx';

/** Search, pausing everything, and adding files. */
export function UploadsHead({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const { api } = useWindow();
  const isPaused = useLive(({ settings }) => settings?.isPaused ?? false);
  const pauseWord = isPaused ? words.resumeAll : words.pauseAll;
  return (
    <PageHead title={words.title}>
      <SearchField input={search} />
      <WhileRunning>
        <Button
          icon={isPaused ? Play : Pause}
          title={pauseWord}
          onClick={() => void attempt(api.setPaused(!isPaused))}
        >
          <span className="@max-[30rem]:sr-only">{pauseWord}</span>
        </Button>
      </WhileRunning>
      <ViewMenu />
      <WhileRunning>
        <AddButton />
      </WhileRunning>
    </PageHead>
  );
}
