import { fillMacros } from '@offstage/domain/macros';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Textarea } from '../../components/ui/input.tsx';
import type { Bot, Persona } from './opening.tsx';

interface FirstWordsProps {
  readonly bot: Bot;
  readonly persona: Persona;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What the bot says as the curtain rises; where it knows several beginnings, one of them. */
export function FirstWords({ bot, persona, value, onChange }: FirstWordsProps) {
  const others = [bot.greeting, ...bot.alternateGreetings]
    .filter((greeting) => greeting.trim() !== '')
    .map((greeting) => fillMacros(greeting, { char: bot.name, user: persona.name }));
  const at = others.indexOf(value);
  const turn = (by: number): void => onChange(others[(Math.max(at, 0) + by + others.length) % others.length] ?? '');
  return (
    <div className="flex flex-col gap-1">
      <Field label={`${bot.name}’s first words`} hint={value.trim() === '' ? 'Empty: you speak first.' : undefined}>
        {(control) => <Textarea {...control} rows={2} className="font-prose" value={value} onChange={(event) => onChange(event.target.value)} />}
      </Field>
      {others.length > 1 && (
        <div className="flex items-center gap-1 text-13 text-dim tabular-nums">
          <IconButton label="The beginning before" onClick={() => turn(-1)}>
            <ChevronLeft aria-hidden="true" className="size-4" />
          </IconButton>
          <span role="status">{at === -1 ? 'your own' : `${at + 1} of ${others.length}`}</span>
          <IconButton label="The next beginning" onClick={() => turn(1)}>
            <ChevronRight aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
