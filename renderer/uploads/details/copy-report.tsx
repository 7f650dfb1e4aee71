import { ClipboardCopy } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { detailsWords as words } from '../../words/details.ts';
import { useCopyFact } from './use-copy-fact.ts';

/** For a bug report: everything a maintainer needs, nothing that is secret. */
export function CopyReport({
  report,
  isOfTrouble,
}: {
  readonly report: string;
  readonly isOfTrouble: boolean;
}) {
  const copy = useCopyFact();
  return (
    <Button icon={ClipboardCopy} onClick={() => copy(words.report, report)}>
      {isOfTrouble ? words.copyReport : words.copyPlainReport}
    </Button>
  );
}
