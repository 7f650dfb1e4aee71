import { useState } from 'react';
import type { Settings } from '#shared/settings.ts';
import { NumberField } from '../ui/number-field.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { hourOf } from '../words/times.ts';
import { useSettings } from './use-settings.ts';

const megabyte = 1_000_000;
/** 10 kB/s to 10 GB/s, in MB/s: below nothing would ever arrive, above nothing is limited. */
const limits = { min: 0.01, max: 10_000, step: 0.5 } as const;
const firstLimit = 5 * megabyte;
const firstHours: Hours = { from: 9, to: 18 };

type Hours = NonNullable<Settings['slowMode']['hours']>;

export function Bandwidth() {
  const { settings, change } = useSettings();
  const { bandwidthLimit, slowMode } = settings;
  // What was chosen last is still there when it is switched on again.
  const [lastHours, setLastHours] = useState<Hours>(slowMode.hours ?? firstHours);
  const hours = slowMode.hours ?? lastHours;
  return (
    <>
      <Switch
        label={words.limit}
        hint={words.limitHint}
        isOn={bandwidthLimit !== null}
        onChange={(isOn) => void change({ bandwidthLimit: isOn ? firstLimit : null })}
      />
      {bandwidthLimit !== null && (
        <NumberField
          {...limits}
          label={words.atMost}
          unit={words.megabytes}
          value={bandwidthLimit / megabyte}
          onChange={(value) => void change({ bandwidthLimit: Math.round(value * megabyte) })}
        />
      )}
      <Switch
        label={words.slowNow}
        hint={words.slowNowHint}
        isOn={slowMode.isOn}
        onChange={(isOn) => void change({ slowMode: { isOn } })}
      />
      <NumberField
        {...limits}
        step={0.05}
        label={words.slowLimit}
        unit={words.megabytes}
        value={slowMode.bandwidthLimit / megabyte}
        onChange={(value) => void change({ slowMode: { bandwidthLimit: Math.round(value * megabyte) } })}
      />
      <Switch
        label={words.slowHours}
        hint={words.slowHoursHint}
        isOn={slowMode.hours !== null}
        onChange={(isOn) => {
          setLastHours(hours);
          void change({ slowMode: { hours: isOn ? hours : null } });
        }}
      />
      <HourFields
        hours={hours}
        isOff={slowMode.hours === null}
        onChange={(next) => void change({ slowMode: { hours: next } })}
      />
    </>
  );
}

interface HourFieldsProps {
  readonly hours: Hours;
  /** Slow mode follows no hours now: these would hold. */
  readonly isOff: boolean;
  onChange(hours: Hours): void;
}

function HourFields({ hours, isOff, onChange }: HourFieldsProps) {
  const put = (part: Partial<Hours>) => onChange({ ...hours, ...part });
  return (
    <div className="flex flex-wrap items-center justify-end gap-3">
      <Hour
        label={words.from}
        value={hours.from}
        last={23}
        isOff={isOff}
        onChange={(from) => put({ from })}
      />
      <Hour label={words.to} value={hours.to} last={24} isOff={isOff} onChange={(to) => put({ to })} />
    </div>
  );
}

function Hour(props: {
  readonly label: string;
  readonly value: number;
  readonly last: number;
  readonly isOff: boolean;
  onChange(hour: number): void;
}) {
  const options = Array.from({ length: props.last + 1 }, (_, hour) => ({
    value: String(hour),
    label: hourOf(hour),
  }));
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden className={props.isOff ? 'text-ink-3' : 'text-ink-2'}>
        {props.label}
      </span>
      <Select
        label={props.label}
        value={String(props.value)}
        options={options}
        onChange={(hour) => props.onChange(Number(hour))}
        isDisabled={props.isOff}
        className="w-28"
      />
    </div>
  );
}
