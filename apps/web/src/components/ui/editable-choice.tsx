import type { ReactNode } from 'react';
import { EditorFrame, ShownValue, Small, holdFocus } from './editable.tsx';
import type { EditingOptions } from './use-editing.ts';
import { useEditing } from './use-editing.ts';

interface EditableChoiceProps extends EditingOptions {
  readonly label: string;
  readonly empty?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly className?: string;
  readonly children?: ReactNode;
}

/** One of a few, shown as text until it is pressed; then all stand there to choose from. */
export function EditableChoice({ label, empty = 'Choose', options, className, children, ...rest }: EditableChoiceProps) {
  const editing = useEditing(rest);
  if (editing.text === null) {
    const chosen = options.find((option) => option.value === rest.value)?.label ?? '';
    return (
      <ShownValue editing={editing} label={label} value={chosen} empty={empty} className={className}>
        {children}
      </ShownValue>
    );
  }
  return (
    <EditorFrame
      editing={{
        ...editing,
        onBlur: (event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) editing.leave();
        },
      }}
      label={label}
      keepsOnLeaving
    >
      <div className="flex flex-wrap gap-1" onMouseDown={holdFocus}>
        {options.map((option) => (
          <Small key={option.value} pressed={option.value === rest.value} disabled={editing.saving} onClick={() => editing.keep(option.value)}>
            {option.label}
          </Small>
        ))}
      </div>
    </EditorFrame>
  );
}
