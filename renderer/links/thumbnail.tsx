import { File, FileArchive, FileAudio, FileImage, FileText, FileVideo, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { JobId, UploadJob } from '#shared/job.ts';
import { useWindow } from '../live/window-context.tsx';
import { classNames } from '../ui/class-names.ts';

const icons: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileAudio],
  [/^text\/|pdf|json|document/, FileText],
  [/zip|tar|compressed/, FileArchive],
];
const iconOf = (mimeType: string): LucideIcon => icons.find(([type]) => type.test(mimeType))?.[1] ?? File;

/** "EXR": what people call the type of a file; empty where its name does not tell. */
const extensionOf = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';

/** What flies by while one scrolls asks for nothing. */
const patienceMs = 120;
const mostRemembered = 5000;

/** Files without a picture, so that they are not asked for again at every look. */
const without = new Set<JobId>();

function rememberWithout(id: JobId): void {
  if (without.size >= mostRemembered) without.clear();
  without.add(id);
}

interface ThumbnailProps {
  readonly job: UploadJob;
  readonly size: 64 | 512;
}

/** A small picture of a file, or the sign of its type where there is none. The name beside it says what it is. */
export function Thumbnail(props: ThumbnailProps) {
  return <Picture key={props.job.id} {...props} />;
}

function Picture({ job, size }: ThumbnailProps) {
  const { host } = useWindow();
  const [state, setState] = useState<'resting' | 'asked' | 'none'>(without.has(job.id) ? 'none' : 'resting');
  useEffect(() => {
    if (state !== 'resting') return;
    const timer = setTimeout(() => setState('asked'), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  const isSmall = size === 64;
  if (state === 'none') return <TypeSign job={job} isSmall={isSmall} />;
  if (state === 'resting') return <span className="size-full bg-mute" />;
  return (
    <img
      src={host.thumbnailUrl(job.id, size)}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => {
        rememberWithout(job.id);
        setState('none');
      }}
      className={classNames('size-full bg-mute', isSmall ? 'object-cover' : 'object-contain')}
    />
  );
}

function TypeSign({ job, isSmall }: { readonly job: UploadJob; readonly isSmall: boolean }) {
  const Icon = iconOf(job.mimeType);
  return (
    <span
      aria-hidden
      className="flex size-full flex-col items-center justify-center gap-1 bg-mute text-ink-2"
    >
      <Icon size={isSmall ? 15 : 28} strokeWidth={1.5} />
      {!isSmall && <span className="font-semibold text-xs tracking-wide">{extensionOf(job.name)}</span>}
    </span>
  );
}
