import { useId } from 'react';
import type { Settings } from './use-settings-command.ts';

type Off = Settings['bookkeeping']['off'];

const THINGS: readonly { readonly name: Off[number]; readonly label: string; readonly hint: string }[] = [
  { name: 'memories', label: 'News', hint: 'What somebody tells somebody else, so that they know it too.' },
  { name: 'significance', label: 'Weight', hint: 'How much a moment matters, and so how long it is remembered.' },
  { name: 'edges', label: 'Feelings', hint: 'How affection and trust move, and what they learn about each other.' },
  { name: 'activity', label: 'Goings-on', hint: 'Who is where and does what, the time and the weather.' },
  { name: 'scene', label: 'Ends of scenes', hint: 'When the place changes, or the scene fades out.' },
];

/** What is looked for after each reply. */
export function Noticed({ off, onChange }: { readonly off: Off; readonly onChange: (off: Off) => void }) {
  const id = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-hint`}>
      <legend className="text-13 font-semibold">Noticed after a reply</legend>
      <p id={`${id}-hint`} className="mb-1 text-13 text-dim">
        What was said is remembered in any case. A chat can choose for itself.
      </p>
      {THINGS.map(({ name, label, hint }) => (
        <label key={name} className="flex min-h-11 cursor-pointer items-start gap-3 rounded-small py-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4.5 shrink-0 accent-accent"
            checked={!off.includes(name)}
            aria-describedby={`${id}-${name}`}
            onChange={(event) => onChange(event.target.checked ? off.filter((other) => other !== name) : [...off, name])}
          />
          <span className="min-w-0 text-15">
            {label}
            <span id={`${id}-${name}`} className="block text-13 text-dim">
              {hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
