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
import { percent } from '../../words/amounts.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
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

interface StatePillProps {
  readonly job: UploadJob;
  readonly now: number;
  readonly isGone: boolean;
  /** No column says how far it came. */
  readonly hasPercent: boolean;
}

export function StatePill({ job, now, isGone, hasPercent }: StatePillProps) {
  const { word, tone, shape } = stateLook(job, now, isGone);
  const hasShare = hasPercent && shape === 'uploading';
  return (
    <Pill tone={tone} icon={icons[shape]}>
      {hasShare ? words.stateAt(word, percent(job.bytesSent, job.bytesTotal)) : word}
    </Pill>
  );
}
