import { File, FileAudio, FileImage, FileText, FileVideo, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { UploadJob } from '#shared/job.ts';
import { useWindow } from '../../live/window-context.tsx';
import { detailsWords as words } from '../../words/details.ts';

/** The picture of the file, or the sign of its type where there is none. */
export function Preview({ job }: { readonly job: UploadJob }) {
  const { host } = useWindow();
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <TypeTile job={job} />;
  return (
    <div className="flex h-38 items-center justify-center overflow-hidden rounded-lg bg-mute">
      <img
        src={host.thumbnailUrl(job.id, 512)}
        alt={words.preview(job.name)}
        draggable={false}
        onError={() => setMissing(true)}
        className="size-full object-contain text-transparent"
      />
    </div>
  );
}

function TypeTile({ job: { name, mimeType } }: { readonly job: UploadJob }) {
  const Icon = iconOf(mimeType);
  const extension = extensionOf(name);
  return (
    <div
      aria-hidden
      className="flex h-24 flex-col items-center justify-center gap-1.5 rounded-lg bg-mute text-ink-2"
    >
      <Icon size={26} strokeWidth={1.5} />
      {extension !== null && (
        <span className="text-xs font-semibold tracking-wide uppercase">{extension}</span>
      )}
    </div>
  );
}

function iconOf(mimeType: string): LucideIcon {
  switch (mimeType.split('/')[0]) {
    case 'image':
      return FileImage;
    case 'video':
      return FileVideo;
    case 'audio':
      return FileAudio;
    case 'text':
      return FileText;
    default:
      return File;
  }
}

/** Null where it has none, or one that is no word. */
function extensionOf(name: string): string | null {
  const [, extension = null] = /.\.([a-z0-9]{1,5})$/i.exec(name) ?? [];
  return extension;
}
