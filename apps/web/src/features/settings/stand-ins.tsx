import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRef } from 'react';
import { ModelOptions } from '../../components/model-options.tsx';
import { IconButton } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/input.tsx';
import type { Choice, Offer } from '../../lib/model-choice.ts';
import { choiceFrom, choiceKey } from '../../lib/model-choice.ts';
import type { Settings } from './use-settings-command.ts';

/** As many as the settings file takes. */
const MOST = 8;

interface StandInsProps {
  readonly offers: readonly Offer[];
  readonly providers: Settings['providers'];
  readonly value: readonly Choice[];
  readonly onChange: (list: Choice[]) => void;
}

/** Who keeps the books when the chosen model cannot, in order (MO-3). */
export function StandIns({ offers, providers, value, onChange }: StandInsProps) {
  const adding = useRef<HTMLSelectElement>(null);
  const taken = new Set(value.map(choiceKey));
  const left = offers.map(({ name, models }) => ({ name, models: models.filter(({ key }) => !taken.has(key)) })).filter(({ models }) => models.length > 0);
  const move = (from: number, to: number): void => {
    const moved = value[from];
    if (moved === undefined || to < 0 || to >= value.length) return;
    onChange(value.toSpliced(from, 1).toSpliced(to, 0, moved));
  };
  return (
    <Field label="Stand-ins" optional hint="Asked in this order when that model is silent, too slow, or gives an answer that cannot be used.">
      {(control) => (
        <>
          {value.length > 0 && (
            <ol aria-label="Stand-ins, in order" className="mb-1.5 flex flex-col">
              {value.map((choice, at) => (
                <li key={choiceKey(choice)} className="flex items-center gap-3 border-b border-line py-1">
                  <span className="w-4 text-13 text-dim tabular-nums">{at + 1}</span>
                  <span className="min-w-0 flex-1 text-15 wrap-anywhere">
                    {choice.model} <span className="text-13 text-dim">{providers.find(({ id }) => id === choice.endpointId)?.name ?? 'no longer connected'}</span>
                  </span>
                  <span className="flex shrink-0">
                    <IconButton label={`Move ${choice.model} up`} aria-disabled={at === 0} className="aria-disabled:opacity-40" onClick={() => move(at, at - 1)}>
                      <ArrowUp aria-hidden="true" className="size-4" />
                    </IconButton>
                    <IconButton label={`Move ${choice.model} down`} aria-disabled={at === value.length - 1} className="aria-disabled:opacity-40" onClick={() => move(at, at + 1)}>
                      <ArrowDown aria-hidden="true" className="size-4" />
                    </IconButton>
                    <IconButton
                      label={`Take ${choice.model} off the list`}
                      onClick={() => {
                        onChange(value.toSpliced(at, 1));
                        adding.current?.focus();
                      }}
                    >
                      <X aria-hidden="true" className="size-4" />
                    </IconButton>
                  </span>
                </li>
              ))}
            </ol>
          )}
          <Select
            {...control}
            ref={adding}
            value=""
            disabled={left.length === 0 || value.length >= MOST}
            onChange={(event) => {
              const choice = choiceFrom(event.target.value);
              if (choice !== null) onChange([...value, choice]);
            }}
          >
            <option value="">{promptFor(value.length, left.length)}</option>
            <ModelOptions offers={left} />
          </Select>
        </>
      )}
    </Field>
  );
}

function promptFor(chosen: number, left: number): string {
  if (chosen >= MOST) return 'No more than eight';
  if (left === 0) return 'Every model on offer stands here';
  return chosen === 0 ? 'Nobody: choose one' : 'Add another';
}
