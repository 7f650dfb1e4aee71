import type { JobId } from '#shared/job.ts';
import { useThumbnail } from '../../live/use-thumbnail.ts';
import { classNames } from '../../ui/class-names.ts';
import { typeOf } from './row-words.ts';

/** A small picture of the file, or its type in letters. The name beside it says all that is to be said. */
export function Thumbnail({
  id,
  name,
  isCompact,
}: {
  readonly id: JobId;
  readonly name: string;
  readonly isCompact: boolean;
}) {
  const { state, image } = useThumbnail(id, 64);
  return (
    <span
      aria-hidden
      className={classNames(
        'relative flex shrink-0 items-center justify-center overflow-hidden rounded-md bg-mute font-semibold text-ink-2',
        isCompact ? 'size-5 rounded-sm text-[0.4375rem]' : 'size-8.5 text-[0.625rem]',
      )}
    >
      {state !== 'there' && typeOf(name).slice(0, 4)}
      {(state === 'asked' || state === 'there') && (
        <img
          {...image}
          alt=""
          decoding="async"
          draggable={false}
          className={classNames('absolute inset-0 size-full object-cover', state === 'asked' && 'opacity-0')}
        />
      )}
    </span>
  );
}
