import { useId } from 'react';
import type { Settings } from './use-settings-command.ts';

type Off = Settings['bookkeeping']['off'];

// The same words as in the chat that chooses for itself.
const THINGS: readonly { readonly name: Off[number]; readonly label: string; readonly hint: string }[] = [
  { name: 'memories', label: 'What is remembered', hint: 'By everyone who was there, and who was told what.' },
  { name: 'significance', label: 'How much it mattered', hint: 'What matters more is remembered longer.' },
  { name: 'edges', label: 'Whose feelings moved', hint: 'Affection and trust, and what they learn about each other.' },
  { name: 'activity', label: 'What people do, and how much time went by', hint: 'Where everyone is, what they hold, and the weather too.' },
  { name: 'plans', label: 'Whether a plan began or came to pass', hint: 'Asked only where something is planned.' },
  { name: 'scene', label: 'Whether the scene ended', hint: 'Then each remembers it as a whole, and the next one opens.' },
  { name: 'interjection', label: 'Whether the other breaks in', hint: 'With a guest there, the one who did not answer may take a turn too.' },
  { name: 'meanwhile', label: 'Who goes on, where two are by themselves', hint: 'Asked only where whoever has something to say may go on.' },
];

/** What is looked for after each reply. */
export function Noticed({ off, onChange }: { readonly off: Off; readonly onChange: (off: Off) => void }) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-hint`}>
      <legend className="text-13 font-semibold">Noticed after a reply</legend>
      <p id={`${id}-hint`} className="mb-1 text-13 text-dim">
        A chat can choose for itself.
      </p>
      {THINGS.map(({ name, label, hint }) => (
        <label key={name} className="flex min-h-11 cursor-pointer items-start gap-3 rounded-small py-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4.5 shrink-0 accent-accent"
            checked={!off.includes(name)}
            aria-labelledby={`${id}-${name}`}
            aria-describedby={`${id}-${name}-hint`}
            onChange={(event) => onChange(event.target.checked ? off.filter((other) => other !== name) : [...off, name])}
          />
          <span className="min-w-0 text-15">
            <span id={`${id}-${name}`}>{label}</span>
            <span id={`${id}-${name}-hint`} className="block text-13 text-dim">
              {hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
