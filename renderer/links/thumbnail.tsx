import { File, FileArchive, FileAudio, FileImage, FileText, FileVideo, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { UploadJob } from '#shared/job.ts';
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

/** A small picture of a file, or the sign of its type where there is none. The name beside it says what it is. */
export function Thumbnail({ job, size }: { readonly job: UploadJob; readonly size: 64 | 512 }) {
  const { host } = useWindow();
  const [failedId, setFailedId] = useState<number | null>(null);
  const Icon = iconOf(job.mimeType);
  const isSmall = size === 64;
  if (failedId === job.id) {
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
  return (
    <img
      key={job.id}
      src={host.thumbnailUrl(job.id, size)}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailedId(job.id)}
      className={classNames('size-full bg-mute', isSmall ? 'object-cover' : 'object-contain')}
    />
  );
}
