import { CircleAlert, LoaderCircle, RotateCw, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { WatchFolderView } from '#shared/ipc.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { duration } from '../words/amounts.ts';
import { dryRunWords as words } from '../words/folders.ts';
import { wholeNumber } from '../words/plural.ts';
import { type DryRunRow, type DryRunView, viewOf } from './dry-run-rows.ts';
import type { DryRun, DryRunState } from './use-dry-run.ts';

export interface DryRunPanelProps {
  readonly state: DryRunState;
  readonly starts: WatchFolder['existing'];
  /** The folder that is being edited. */
  readonly existing: WatchFolderView | null;
}

/** What would become of the files that are there: a folder that is edited has begun long ago. */
type Plan = WatchFolder['existing'] | 'edited';

/** What the rules would do with what is in the folder now. */
export function DryRunPanel({ state, starts, existing }: DryRunPanelProps) {
  const { run, isRunning, again } = state;
  const id = useId();
  const plan = existing === null ? starts : 'edited';
  return (
    <section
      aria-labelledby={id}
      aria-busy={isRunning}
      className="min-w-0 rounded-lg border border-line bg-canvas p-3.5"
    >
      <div className="sticky top-2">
        <div className="flex min-h-7 items-center gap-2">
          <h3 id={id} className="m-0 me-auto font-semibold">
            {words.title}
          </h3>
          <span className="text-end text-ink-2 text-sm">
            {run.name === 'ended' && !isRunning && run.tookMs >= 100
              ? words.took(duration(run.tookMs))
              : words.nothingUploaded}
          </span>
          <IconButton
            label={words.again}
            icon={isRunning ? LoaderCircle : RotateCw}
            onClick={again}
            disabled={isRunning || run.name === 'idle'}
            focusableWhenDisabled
            className={classNames('-me-1.75', isRunning && '[&_svg]:animate-spin')}
          />
        </div>
        <p role="status" className="sr-only">
          {isRunning ? words.running : spoken(state, plan)}
        </p>
        <div
          className={classNames('mt-2 transition-opacity', isRunning && run.name === 'ended' && 'opacity-60')}
        >
          {run.name === 'idle' && <p className="m-0 text-ink-2">{isRunning ? words.running : words.idle}</p>}
          {run.name === 'failed' && <Failed {...run} />}
          {run.name === 'ended' && <Found view={viewOf(run.preview)} plan={plan} />}
        </div>
      </div>
    </section>
  );
}

function spoken({ run }: DryRunState, plan: Plan): string {
  if (run.name === 'failed') return run.reason;
  if (run.name === 'idle') return '';
  const view = viewOf(run.preview);
  const tiles = tilesOf(view, plan).map(({ count, label }) => `${wholeNumber(count)} ${label}`);
  return [...tiles, leadOf(view, plan)].filter(Boolean).join(', ');
}

/** Together they are all files that are there. */
function tilesOf({ files, wouldGo, ignored, needYou }: DryRunView, plan: Plan): readonly TileProps[] {
  const leftOut = { count: ignored, label: words.ignored, isWarning: false };
  // Nobody is needed for what stays where it is.
  if (plan === 'baseline') return [{ count: files, label: words.stay, isWarning: false }, leftOut];
  return [
    { count: wouldGo, label: plan === 'include' ? words.wouldGo : words.fit, isWarning: false },
    { count: needYou, label: words.needYou(needYou), isWarning: needYou > 0 },
    leftOut,
  ];
}

/** What the tiles alone do not say. */
function leadOf({ files, ignored, needYou }: DryRunView, plan: Plan): string | null {
  if (files === 0) return ignored === 0 ? words.nothingThere : words.allIgnored;
  if (plan === 'edited') return words.knownStay;
  if (plan === 'include') return null;
  return needYou === 0 ? words.newOnly : `${words.newOnly} ${words.notTaken(needYou)}`;
}

function Failed({ reason, why }: Extract<DryRun, { name: 'failed' }>) {
  // A path that is still being typed is no fault.
  if (why === 'missing') return <p className="m-0 text-ink-2 break-words">{reason}</p>;
  return (
    <div className="flex items-start gap-2.5 rounded-md bg-warn-soft p-3 text-warn">
      <CircleAlert aria-hidden size={16} className="mt-px shrink-0" />
      <div className="min-w-0">
        <div className="font-medium">{why === 'refused' ? words.failed : words.cannotTry}</div>
        <div className="mt-0.5 text-sm break-words">{reason}</div>
      </div>
    </div>
  );
}

function Found({ view, plan }: { readonly view: DryRunView; readonly plan: Plan }) {
  const { rows } = view;
  const lead = leadOf(view, plan);
  const isIgnored = ({ kind }: DryRunRow) => kind === 'ignored';
  return (
    <>
      <dl className="m-0 grid auto-cols-fr grid-flow-col gap-2.5">
        {tilesOf(view, plan).map((tile) => (
          <Tile key={tile.label} {...tile} />
        ))}
      </dl>
      {lead !== null && <p className="mt-2.5 mb-0 text-ink-2 text-sm">{lead}</p>}
      <Rows
        title={plan === 'baseline' ? words.stays : null}
        rows={rows.filter((row) => !isIgnored(row))}
        view={view}
      />
      <Rows title={words.leftOut} rows={rows.filter(isIgnored)} view={view} />
    </>
  );
}

interface RowsProps {
  readonly title: string | null;
  readonly rows: readonly DryRunRow[];
  /** How many more there are of each kind. */
  readonly view: Pick<DryRunView, 'moreGoing' | 'moreRules'>;
}

function Rows({ title, rows, view: { moreGoing, moreRules } }: RowsProps) {
  if (rows.length === 0) return null;
  const lastGoing = rows.findLastIndex(({ kind }) => kind === 'goes');
  return (
    <>
      {title !== null && <h4 className="mt-3 mb-0 font-semibold text-ink-2 text-xs">{title}</h4>}
      <ul
        aria-label={title ?? words.list}
        className={classNames(
          'mb-0 list-none border-line border-t p-0',
          title === null ? 'mt-2.5' : 'mt-1 text-ink-2',
        )}
      >
        {rows.map((row, index) => (
          <Row key={row.key} row={row} below={index === lastGoing && moreGoing > 0 ? moreGoing : 0} />
        ))}
        {moreRules > 0 && rows.at(-1)?.kind === 'ignored' && (
          <li className="py-1.5 text-ink-3 text-sm">{words.more(moreRules)}</li>
        )}
      </ul>
    </>
  );
}

interface TileProps {
  readonly count: number;
  readonly label: string;
  readonly isWarning: boolean;
}

function Tile({ count, label, isWarning }: TileProps) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end rounded-md border border-line bg-panel px-2.5 py-2">
      <dt className="text-ink-2 text-xs break-words">{label}</dt>
      <dd className={classNames('m-0 truncate font-semibold text-xl', isWarning && 'text-warn')}>
        {wholeNumber(count)}
      </dd>
    </div>
  );
}

const rowTones = { goes: '', refused: 'text-warn', ignored: 'text-ink-3' } as const;

/** `below`: how many more go up than are named. */
function Row({ row, below }: { readonly row: DryRunRow; readonly below: number }) {
  return (
    <>
      <li
        className={classNames(
          'flex items-baseline gap-3 border-line border-b py-1.5 last:border-b-0',
          rowTones[row.kind],
        )}
      >
        {row.kind === 'refused' && (
          <TriangleAlert aria-hidden size={13} className="-me-1.5 shrink-0 self-center" />
        )}
        <div className="min-w-0 flex-1">
          <MiddleCut text={row.name} />
        </div>
        <span
          className={classNames(
            'max-w-[60%] shrink-0 text-end text-sm break-words',
            row.kind === 'goes' && 'text-ink-2',
          )}
        >
          {row.end}
        </span>
      </li>
      {below > 0 && (
        <li className="border-line border-b py-1.5 last:border-b-0 text-ink-3 text-sm">
          {words.moreFiles(below)}
        </li>
      )}
    </>
  );
}
