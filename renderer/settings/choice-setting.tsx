import type { ReactNode } from 'react';
import { Select } from '../ui/select.tsx';
import { SettingRow } from './setting-row.tsx';

export interface ChoiceSettingProps<T extends string> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: T;
  readonly choices: Readonly<Record<T, string>>;
  onChange(value: T): void;
}

/** One of a few words. */
export function ChoiceSetting<T extends string>(props: ChoiceSettingProps<T>) {
  const { label, hint, value, choices, onChange } = props;
  const options = (Object.entries(choices) as [T, string][]).map(([key, word]) => ({
    value: key,
    label: word,
  }));
  return (
    <SettingRow label={label} hint={hint}>
      {() => <Select label={label} value={value} options={options} onChange={onChange} className="w-56" />}
    </SettingRow>
  );
}
