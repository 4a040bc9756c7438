interface ProgressProps {
  /** What is being done, in words: "Looking for every trace". */
  readonly children: string;
  readonly done: number;
  /** In all; 0 where nobody can know. */
  readonly total: number;
}

/** Long work with a bar and a count (UI-10). */
export function Progress({ children, done, total }: ProgressProps) {
  const known = total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  return (
    <div className="flex flex-col gap-2 text-13 text-dim">
      <p role="status">{children}</p>
      <div
        role="progressbar"
        aria-label={children}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(known && { 'aria-valuenow': Math.round(share * 100), 'aria-valuetext': counted(done, total) })}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div className={known ? 'h-full rounded-full bg-spot' : 'h-full animate-pulse rounded-full bg-spot'} style={{ width: known ? `${share * 100}%` : '100%' }} />
      </div>
      <p className="tabular-nums">{known ? counted(done, total) : ' '}</p>
    </div>
  );
}

const counted = (done: number, total: number): string => `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
