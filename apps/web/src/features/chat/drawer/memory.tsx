import { Pencil, Pin, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { classes } from '#lib/classes.ts';
import { IconButton } from '#components/ui/button.tsx';
import { EditableChoice } from '#components/ui/editable-choice.tsx';
import { EditorFrame } from '#components/ui/editable.tsx';
import { Textarea } from '#components/ui/input.tsx';
import { useEditing } from '#components/ui/use-editing.ts';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import type { MemoryRow } from '../model/memory-list.ts';
import { isFolded } from '../model/memory-list.ts';
import type { ChatState } from '../model/state.ts';
import { storyMoment } from '../model/times.ts';
import { Prose } from '../prose/prose.tsx';
import { MemoryOrigin } from './memory-origin.tsx';
import { WEIGHTS, weightOf } from './memory-words.ts';
import type { Edit } from './use-edit.ts';

/** A memory with more characters than this is folded. */
const LONG = 360;

interface MemoryProps {
  readonly memory: MemoryRow;
  /** What this one tells too. */
  readonly folded: readonly MemoryRow[];
  /** How it is pinned; undefined when it is not. */
  readonly pin: { readonly auto: boolean } | undefined;
  readonly state: ChatState;
  readonly edit: Edit;
  readonly onShow: (depth: number) => void;
}

/** One memory: what it says, where it came from, and what a hand can do with it. */
export function Memory({ memory, folded, pin, state, edit, onShow }: MemoryProps) {
  const { memoryId, text, significance } = memory;
  const { chatId } = state.open.chat;
  const frame = useRef<HTMLElement>(null);
  const long = text.length > LONG;
  const [whole, setWhole] = useState(false);
  const words = useEditing({
    name: `${chatId}.memory.${memoryId}`,
    value: text,
    onKeep: (next) => edit('The memory is changed.', (commandId) => server.edits.editMemory.mutate({ commandId, chatId, memoryId, text: next })),
  });
  const { shown: writesRef, open: write, text: written } = words;
  const act = (done: string, what: Parameters<Edit>[1]): void => {
    // Where this memory leaves the list, the focus goes on to its neighbour.
    const item = frame.current?.closest('li');
    const neighbour = item?.nextElementSibling ?? item?.previousElementSibling ?? item?.closest('section');
    void edit(done, what).then((refusal) => {
      if (refusal !== null) toast(refusal);
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) neighbour?.querySelector<HTMLElement>('button, input')?.focus();
      });
    });
  };
  const togglePin = (): void => {
    if (pin === undefined) act('Pinned.', (commandId) => server.edits.pinMemory.mutate({ commandId, chatId, memoryId }));
    else act('No longer pinned.', (commandId) => server.edits.unpinMemory.mutate({ commandId, chatId, memoryId }));
  };
  const remove = (): void => act('The memory is deleted.', (commandId) => server.edits.deleteMemory.mutate({ commandId, chatId, memoryId }));

  return (
    <article ref={frame} className="chat-memory" data-collapsed={isFolded(memory) || undefined} data-folded={(long && !whole && written === null) || undefined}>
      {written === null ? (
        <div className="chat-prose">
          <Prose text={text} unfinished />
        </div>
      ) : (
        <EditorFrame editing={words} label="The memory in words" buttons>
          <Textarea
            aria-label="The memory in words"
            aria-invalid={words.problem === null ? undefined : true}
            aria-describedby={words.problem === null ? undefined : words.problemId}
            value={written}
            readOnly={words.saving}
            onChange={(event) => words.change(event.target.value)}
          />
        </EditorFrame>
      )}
      {memory.quotes.map((quote) => (
        <blockquote key={quote} dir="auto">{quote}</blockquote>
      ))}
      <footer>
        <p className="chat-memory-from">
          <MemoryOrigin memory={memory} state={state} onShow={onShow} />
          <span>{storyMoment(memory.clock)}</span>
        </p>
        <div className="chat-memory-weight">
          <EditableChoice
            name={`${chatId}.weight.${memoryId}`}
            label="How much it matters"
            value={String(significance)}
            options={WEIGHTS.map((label, value) => ({ value: String(value), label }))}
            onKeep={(value) =>
              edit('How much it matters is changed.', (commandId) => server.edits.scoreMemory.mutate({ commandId, chatId, memoryId, significance: weightOf(value) }))
            }
          />
          {long && written === null && (
            <button type="button" className="chat-text-button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? 'Less' : 'All of it'}
            </button>
          )}
        </div>
        <div className="chat-memory-tools">
          <IconButton label={pin === undefined ? 'Pin it' : pin.auto ? 'Unpin it; it was pinned by itself' : 'Unpin it'} aria-pressed={pin !== undefined} onClick={togglePin}>
            <Pin aria-hidden="true" className={classes('size-3.5', pin !== undefined && 'fill-current')} />
          </IconButton>
          <IconButton label="Change its words" ref={writesRef} onClick={write} disabled={written !== null}>
            <Pencil aria-hidden="true" className="size-3.5" />
          </IconButton>
          <IconButton label="Delete it" onClick={remove}>
            <Trash2 aria-hidden="true" className="size-3.5" />
          </IconButton>
        </div>
      </footer>
      {folded.length > 0 && <Under folded={folded} state={state} edit={edit} onShow={onShow} />}
    </article>
  );
}

/** What a scene's account tells too, one click away. */
function Under({ folded, state, edit, onShow }: Pick<MemoryProps, 'folded' | 'state' | 'edit' | 'onShow'>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="chat-text-button chat-under" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Fold them in again' : folded.length === 1 ? 'One small memory is folded in' : `${folded.length} small memories are folded in`}
      </button>
      {open && (
        <ol className="chat-memories">
          {folded.map((memory) => (
            <li key={memory.memoryId}>
              <Memory memory={memory} folded={[]} pin={undefined} state={state} edit={edit} onShow={onShow} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
