import {
  Ban,
  Check,
  CircleAlert,
  CircleDashed,
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
  'not-known': CircleDashed,
};

export function StatePill({
  job,
  now,
  isGone,
}: {
  readonly job: UploadJob;
  readonly now: number;
  readonly isGone: boolean;
}) {
  const { word, tone, shape } = stateLook(job, now, isGone);
  return (
    <Pill tone={tone} icon={icons[shape]}>
      {word}
    </Pill>
  );
}
