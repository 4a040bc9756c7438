import { fillMacros } from '@offstage/domain/macros';
import { ChevronLeft, ChevronRight, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Spoken } from '../../components/spoken.tsx';
import { Button, IconButton } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Textarea } from '../../components/ui/input.tsx';
import type { Bot, Persona } from './opening.tsx';

interface FirstWordsProps {
  readonly bot: Bot;
  readonly persona: Persona;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What the bot says as the curtain rises, as it will read; where it knows several beginnings, one of them. */
export function FirstWords({ bot, persona, value, onChange }: FirstWordsProps) {
  const [writing, setWriting] = useState(false);
  const others = [bot.greeting, ...bot.alternateGreetings]
    .filter((greeting) => greeting.trim() !== '')
    .map((greeting) => fillMacros(greeting, { char: bot.name, user: persona.name }));
  const at = others.indexOf(value);
  const turn = (by: number): void => onChange(others[(Math.max(at, 0) + by + others.length) % others.length] ?? '');
  return (
    <section aria-labelledby="first-words" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-2">
        <h2 id="first-words" className="mr-auto w-full text-13 font-semibold mid:w-auto">
          {value.trim() === '' ? 'You speak first' : `${bot.name} speaks first`}
        </h2>
        {others.length > 1 && !writing && (
          <div className="-ml-3 flex items-center text-13 text-dim tabular-nums mid:ml-0">
            <IconButton label="Other first words, back" onClick={() => turn(-1)}>
              <ChevronLeft aria-hidden="true" className="size-4" />
            </IconButton>
            <span role="status">{at === -1 ? 'your own' : `${at + 1} of ${others.length}`}</span>
            <IconButton label="Other first words, on" onClick={() => turn(1)}>
              <ChevronRight aria-hidden="true" className="size-4" />
            </IconButton>
          </div>
        )}
        <Button tone="quiet" className="!px-2.5 !text-13" onClick={() => setWriting(!writing)}>
          {!writing && <Pencil aria-hidden="true" className="size-3.5" />}
          {writing ? 'Done' : value.trim() === '' ? 'Let them begin' : 'Change'}
        </Button>
      </div>
      {writing ? (
        <Field label="First words" hint="Leave it empty to speak first yourself.">
          {(control) => <Textarea {...control} rows={3} autoFocus className="font-prose" value={value} onChange={(event) => onChange(event.target.value)} />}
        </Field>
      ) : (
        value.trim() !== '' && <Spoken text={value} className="text-17" />
      )}
    </section>
  );
}
