import {
  Ban,
  Check,
  CircleAlert,
  CircleX,
  Clock,
  Cog,
  Link2Off,
  type LucideIcon,
  Pause,
  ScanSearch,
  Stamp,
  Ticket,
  Upload,
} from 'lucide-react';
import type { UploadJob } from '#shared/job.ts';
import { Pill } from '../../ui/pill.tsx';
import { type StateShape, stateLook } from './state-look.ts';

const icons: Readonly<Record<StateShape, LucideIcon>> = {
  queued: Clock,
  reserving: Ticket,
  inspecting: ScanSearch,
  uploading: Upload,
  completing: Stamp,
  processing: Cog,
  waiting: Clock,
  paused: Pause,
  blocked: CircleAlert,
  completed: Check,
  failed: CircleX,
  canceled: Ban,
  'link-ended': Link2Off,
};

export function StatePill({ job, now }: { readonly job: UploadJob; readonly now: number }) {
  const { word, tone, shape } = stateLook(job, now);
  return (
    <Pill tone={tone} icon={icons[shape]}>
      {word}
    </Pill>
  );
}
