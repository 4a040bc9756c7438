import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { EditorFrame, ShownValue, holdFocus } from './editable.tsx';
import { Input, Textarea } from './input.tsx';
import type { EditingOptions } from './use-editing.ts';
import { useEditing } from './use-editing.ts';

interface EditableTextProps extends EditingOptions {
  readonly label: string;
  /** Says what could stand here; shown where nothing does. */
  readonly empty: string;
  /** Characters that fit. Left out, whoever keeps it says when it is too long. */
  readonly limit?: number;
  /** Grows over several lines. */
  readonly long?: boolean;
  /** Takes the value away altogether. */
  readonly onRemove?: () => void;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** Text that becomes a field when it is pressed: Enter keeps, Esc leaves. */
export function EditableText({ label, empty, limit, long = false, onRemove, className, children, ...options }: EditableTextProps) {
  const editing = useEditing(options);
  const { text, problem, problemId, saving } = editing;
  if (text === null) {
    return (
      <ShownValue editing={editing} label={label} value={options.value} empty={empty} className={className}>
        {children}
      </ShownValue>
    );
  }
  const control = {
    'aria-label': label,
    'aria-invalid': problem === null ? undefined : (true as const),
    'aria-describedby': problem === null ? undefined : problemId,
    value: text,
    readOnly: saving,
    ...(limit !== undefined && { maxLength: limit }),
  };
  return (
    <EditorFrame editing={editing} label={label} keepsOnLeaving={!long} buttons={long}>
      {long ? (
        <Textarea {...control} rows={2} onChange={(event) => editing.change(event.target.value)} />
      ) : (
        <div className="flex items-center gap-1">
          <Input {...control} onFocus={(event) => event.target.select()} onChange={(event) => editing.change(event.target.value)} />
          {onRemove !== undefined && (
            <IconButton
              label={`Take away ${options.value}`}
              onMouseDown={holdFocus}
              onClick={() => {
                editing.leave();
                onRemove();
              }}
            >
              <X aria-hidden="true" className="size-4" />
            </IconButton>
          )}
        </div>
      )}
    </EditorFrame>
  );
}

interface EditableListProps {
  readonly name: string;
  /** What each of them is: "Something held". */
  readonly label: string;
  /** What the place for one more says: "Put something in their hands". Undefined: there is none. */
  readonly more: string | undefined;
  readonly items: readonly string[];
  readonly limit: number;
  readonly onKeep: (items: readonly string[]) => Promise<string | null>;
  readonly className?: string;
}

/** A list of short texts: each can be changed or taken away, and one more put behind. */
export function EditableList({ name, label, more, items, limit, onKeep, className }: EditableListProps) {
  const list = useRef<HTMLUListElement>(null);
  const touched = useRef<number | null>(null);
  useEffect(() => {
    const at = touched.current;
    touched.current = null;
    // What had the focus has gone with its old words: it goes to what stands in that place now.
    if (at !== null && document.activeElement === document.body) list.current?.children[Math.min(at, list.current.children.length - 1)]?.querySelector('button')?.focus();
  }, [items]);
  const put = (at: number, text: string): Promise<string | null> => {
    touched.current = at;
    return onKeep(items.toSpliced(at, 1, text).filter((item) => item.trim() !== ''));
  };
  return (
    <ul ref={list} aria-label={label} className={className}>
      {items.map((item, at) => (
        <li key={item}>
          <EditableText name={`${name}.${item}`} label={label} empty={label} value={item} limit={limit} onKeep={(text) => put(at, text)} onRemove={() => void put(at, '')} />
        </li>
      ))}
      {more !== undefined && (
        <li>
          <EditableText name={`${name}.more`} label={label} empty={more} value="" limit={limit} onKeep={(text) => put(items.length, text)} />
        </li>
      )}
    </ul>
  );
}
