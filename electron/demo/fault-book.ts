import type { ProviderKind } from '#shared/destination.ts';
import {
  type DemoFaults,
  type FaultName,
  type FaultValue,
  faultNames,
  type ScopedFault,
  type Stage,
} from './faults.ts';

/** What a request is about, as far as it is known. */
export interface Where {
  readonly dialect?: ProviderKind | null;
  readonly stage?: Stage;
}

interface Rule {
  readonly fault: ScopedFault<unknown>;
  seen: number;
}

/** The faults that are on, and how many requests each has met. */
export class FaultBook {
  readonly #settings = new Map<FaultName, unknown>();
  readonly #rules = new Map<FaultName, Rule[]>();

  constructor(initial: Partial<DemoFaults> = {}) {
    this.set(initial);
  }

  /** Replaces the named faults and starts their counts anew; the others stay. Null ends one. */
  set(faults: Partial<DemoFaults>): void {
    for (const name of faultNames) {
      const setting = faults[name];
      if (setting === undefined) continue;
      this.#settings.set(name, setting);
      this.#rules.set(name, rulesOf(setting));
    }
  }

  current(): DemoFaults {
    return Object.fromEntries(
      faultNames.map((name) => [name, this.#settings.get(name) ?? null]),
    ) as DemoFaults;
  }

  /** The value of a fault for this request, or null. Asking counts: ask once per request. */
  take<N extends FaultName>(name: N, where: Where): FaultValue<N> | null {
    const rules = this.#rules.get(name);
    if (rules === undefined) return null;
    let taken: unknown = null;
    for (const rule of rules) {
      if (!applies(rule.fault, where)) continue;
      rule.seen += 1;
      const passed = rule.fault.after ?? 0;
      const isOn = rule.seen > passed && rule.seen <= passed + (rule.fault.first ?? Number.POSITIVE_INFINITY);
      if (isOn) taken ??= rule.fault.value;
    }
    return taken as FaultValue<N> | null;
  }
}

function rulesOf(setting: unknown): Rule[] {
  if (setting === null) return [];
  const faults = Array.isArray(setting) ? setting : [isScoped(setting) ? setting : { value: setting }];
  return faults.map((fault: ScopedFault<unknown>) => ({ fault, seen: 0 }));
}

function isScoped(setting: unknown): setting is ScopedFault<unknown> {
  return typeof setting === 'object' && setting !== null && 'value' in setting;
}

function applies(fault: ScopedFault<unknown>, where: Where): boolean {
  if (fault.dialect !== undefined && fault.dialect !== where.dialect) return false;
  return fault.stage === undefined || fault.stage === where.stage;
}
