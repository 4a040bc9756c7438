import { useAfter } from '../../lib/use-after.ts';

interface WaitingProps {
  /** What is being waited for, in words: "Reading the kickoff". */
  readonly children: string;
}

/** Says what one waits for. It holds back a moment, since most waits are over before a word could be read. */
export function Waiting({ children }: WaitingProps) {
  const late = useAfter(true, 250);
  return (
    <p role="status" className="flex min-h-8 items-center gap-2.5 text-13 wrap-anywhere text-dim">
      {late && (
        <>
          <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-spot" />
          {children}
        </>
      )}
    </p>
  );
}
