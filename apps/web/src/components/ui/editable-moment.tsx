import { EditorFrame, ShownValue } from './editable.tsx';
import { Input } from './input.tsx';
import { useEditing } from './use-editing.ts';

interface EditableMomentProps {
  readonly name: string;
  readonly label: string;
  /** ISO 8601 UTC; null for none. */
  readonly value: string | null;
  readonly empty: string;
  /** Gets ISO 8601 UTC. */
  readonly onKeep: (moment: string) => Promise<string | null>;
  readonly className?: string;
  /** The moment in words. */
  readonly words: string;
}

/** A moment that becomes a field for date and time when it is pressed; no time zone enters into it. */
export function EditableMoment({ name, label, value, empty, onKeep, className, words }: EditableMomentProps) {
  const shown = fieldOf(value);
  const editing = useEditing({
    name,
    value: shown,
    onKeep: async (text) => {
      const at = Date.parse(`${text}Z`);
      return Number.isNaN(at) ? 'This is no date and time.' : onKeep(new Date(at).toISOString());
    },
  });
  const { text, problem, problemId, saving } = editing;
  if (text === null) {
    return <ShownValue editing={editing} label={label} value={words} empty={empty} className={className} />;
  }
  return (
    <EditorFrame editing={editing} label={label} keepsOnLeaving buttons>
      <Input
        type="datetime-local"
        aria-label={label}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={problem === null ? undefined : problemId}
        min="0001-01-01T00:00"
        max="9999-12-31T23:59"
        value={text}
        readOnly={saving}
        onChange={(event) => editing.change(event.target.value)}
      />
    </EditorFrame>
  );
}

/** A moment as the field writes it, in whole minutes. */
function fieldOf(moment: string | null): string {
  return moment === null ? '' : moment.slice(0, 16);
}
