import { File, FileArchive, FileAudio, FileImage, FileText, FileVideo, type LucideIcon } from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { useThumbnail } from '../live/use-thumbnail.ts';
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

/** All of the picture, and 2 px over each edge: one of almost the shape of its place would leave a line there. */
const bleeding = '-m-0.5 size-[calc(100%+0.25rem)] max-w-none object-contain';

interface ThumbnailProps {
  readonly job: UploadJob;
  readonly size: 64 | 512;
}

/** A small picture of a file, or the sign of its type where there is none. The name beside it says what it is. */
export function Thumbnail(props: ThumbnailProps) {
  return <Picture key={props.job.id} {...props} />;
}

function Picture({ job, size }: ThumbnailProps) {
  const { state, image } = useThumbnail(job.id, size);
  const isSmall = size === 64;
  if (state === 'none') return <TypeSign job={job} isSmall={isSmall} />;
  if (state === 'resting') return <span className="size-full bg-mute" />;
  return (
    <img
      {...image}
      alt=""
      decoding="async"
      draggable={false}
      className={classNames('bg-mute', isSmall ? 'size-full object-cover' : bleeding)}
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
