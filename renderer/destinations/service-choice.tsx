import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import { destinationWords as words } from '../words/destinations.ts';
import { ServiceMark } from './service-mark.tsx';

/** The four services, a card each. */
export function ServiceChoice({ onChoose }: { onChoose(kind: ProviderKind): void }) {
  return (
    <div className="grid grid-cols-2 gap-3 low:gap-2 max-[40rem]:grid-cols-1">
      {providerKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          onClick={() => onChoose(kind)}
          className="flex items-start gap-3 rounded-xl border border-line bg-panel p-4 low:p-2.5 text-start transition-colors hover:border-accent hover:bg-hover"
        >
          <ServiceMark kind={kind} isLarge />
          <span className="min-w-0">
            <span className="block font-semibold">{words.kinds[kind].name}</span>
            <span className="mt-0.5 block text-ink-2 text-sm">{words.kinds[kind].text}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
