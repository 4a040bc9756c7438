import { Dialog } from '@base-ui/react/dialog';
import { wordsOf } from '@offstage/domain/words';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/input.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { problemOf } from '#lib/problem.ts';
import { trpc } from '#lib/trpc.ts';
import { differing } from './differing.ts';
import type { Read } from './marked-prose.tsx';
import { MarkedProse, readOf } from './marked-prose.tsx';

interface CompareProps {
  readonly chatId: string;
  /** The turn that stands in the story now. */
  readonly turnId: string;
  readonly beside: readonly string[];
  readonly onTurn: (turnId: string) => void;
  readonly onClose: () => void;
}

/** Two alternates beside each other, the words that differ marked (TL-7). */
export function Compare({ chatId, turnId, beside, onTurn, onClose }: CompareProps) {
  const [pair, setPair] = useState<readonly [string, string]>(() => [beside.find((one) => one !== turnId) ?? turnId, turnId]);
  const [left, right] = useQueries({
    queries: pair.map((tipId) => ({ ...trpc.timeline.branch.queryOptions({ chatId, tipId }, { staleTime: 0 }) })),
  });
  const texts = [left, right].map((query) => {
    const turn = query?.data?.at(-1);
    return turn === undefined ? undefined : wordsOf(turn);
  });
  const [a, b] = texts;
  const marked = useMemo(() => {
    if (a === undefined || b === undefined) return undefined;
    const reads = [readOf(a), readOf(b)] as const;
    const marks = differing(reads[0].words, reads[1].words);
    return { same: a === b, sides: [{ read: reads[0], marks: marks[0] }, { read: reads[1], marks: marks[1] }] as const };
  }, [a, b]);
  const failed = left?.error ?? right?.error;
  const choose = (side: 0 | 1, next: string): void => setPair(side === 0 ? [next, pair[1]] : [pair[0], next]);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-veil" />
        <Dialog.Popup className="chat-compare">
          <Dialog.Title className="font-prose text-21">Alternates side by side</Dialog.Title>
          {failed != null && <p role="alert">{problemOf(failed).message}</p>}
          <div className="chat-compare-pair">
            {([0, 1] as const).map((side) => (
              <Side
                key={side}
                label={side === 0 ? 'On the left' : 'On the right'}
                beside={beside}
                chosen={pair[side]}
                standing={turnId}
                words={marked?.sides[side]}
                onChoose={(next) => choose(side, next)}
                onTurn={() => {
                  onTurn(pair[side]);
                  onClose();
                }}
              />
            ))}
          </div>
          {marked?.same === true && pair[0] !== pair[1] && <p className="text-13 text-dim">They are word for word the same.</p>}
          <div className="flex justify-end">
            <Dialog.Close render={<Button />}>Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface SideProps {
  readonly label: string;
  readonly beside: readonly string[];
  readonly chosen: string;
  readonly standing: string;
  readonly words: { readonly read: Read; readonly marks: readonly boolean[] } | undefined;
  readonly onChoose: (turnId: string) => void;
  readonly onTurn: () => void;
}

function Side({ label, beside, chosen, standing, words, onChoose, onTurn }: SideProps) {
  return (
    <div role="group" aria-label={label} className="chat-compare-side">
      <div className="flex items-center gap-2">
        <Select aria-label={`${label}: which one`} className="max-w-56" value={chosen} onChange={(event) => onChoose(event.target.value)}>
          {beside.map((one, at) => (
            <option key={one} value={one}>
              {at + 1} of {beside.length}
              {one === standing ? ', in the story now' : ''}
            </option>
          ))}
        </Select>
        {chosen !== standing && (
          <Button tone="plain" className="shrink-0" onClick={onTurn}>
            Choose this one
          </Button>
        )}
      </div>
      {words === undefined ? (
        <Waiting>Fetching the words</Waiting>
      ) : (
        <div role="region" aria-label={`${label}: the words`} className="chat-compare-words chat-prose" tabIndex={0}>
          <MarkedProse {...words} />
        </div>
      )}
    </div>
  );
}
