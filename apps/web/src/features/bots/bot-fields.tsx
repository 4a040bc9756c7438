import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input, Textarea } from '../../components/ui/input.tsx';
import { AvatarField } from './avatar-field.tsx';
import type { BotDraft } from './draft.ts';
import { Greetings } from './greetings.tsx';
import { ModelField } from './model-field.tsx';
import { TemperField } from './temper-field.tsx';

interface BotFieldsProps {
  readonly draft: BotDraft;
  /** What is wrong, by field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<BotDraft>) => void;
}

type TextName = Exclude<{ [K in keyof BotDraft]: BotDraft[K] extends string ? K : never }[keyof BotDraft], 'model'>;

/** The fields of a bot, in the order in which one thinks of somebody. */
export function BotFields({ draft, errors, onChange }: BotFieldsProps) {
  const long = (name: TextName, label: string, rows: number, hint?: string) => (
    <Field label={label} hint={hint} error={errors[name]}>
      {(control) => <Textarea {...control} name={name} rows={rows} value={draft[name]} onChange={(event) => onChange({ [name]: event.target.value })} />}
    </Field>
  );
  return (
    <>
      <section aria-labelledby="bot-who" className="flex flex-col gap-6">
        <h2 id="bot-who" className="font-prose text-21">
          Who they are
        </h2>
        <div className="flex flex-wrap items-start gap-5">
          <AvatarField name={draft.name} file={draft.avatar} error={errors.avatar} onChange={(avatar) => onChange({ avatar })} />
          <Field label="Name" error={errors.name} className="min-w-0 flex-1 basis-56">
            {(control) => <Input {...control} name="name" required maxLength={120} value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />}
          </Field>
        </div>
        {long('persona', 'Persona', 6, 'Who they are, how they carry themselves, what they want and fear.')}
        <Field label="Traits" hint="A few words each, parted by commas." error={errors.traits}>
          {(control) => <Input {...control} name="traits" value={draft.traits} onChange={(event) => onChange({ traits: event.target.value })} />}
        </Field>
        {long('voiceSamples', 'Voice samples', 5, 'How they sound: a few lines they might say. Part them with a line of ---')}
        {long('backstory', 'Backstory', 4)}
      </section>
      <section aria-labelledby="bot-begins" className="flex flex-col gap-6">
        <h2 id="bot-begins" className="font-prose text-21">
          How it begins
        </h2>
        {long('relationship', 'You and they', 3, 'How they know you and what they make of you. {{user}} stands for your name, {{char}} for theirs.')}
        {long('kickoff', 'Kickoff', 5, 'Where and when the story opens, and what each of you is doing.')}
        {long('greeting', 'First words', 4, 'What they say as the curtain rises. Leave it empty to speak first yourself.')}
        <Greetings greetings={draft.alternateGreetings} onChange={(alternateGreetings) => onChange({ alternateGreetings })} />
      </section>
      <Disclosure summary="Tags, example dialogue, temper, model, notes">
          <Field label="Tags" hint="For finding them again, parted by commas." error={errors.tags}>
            {(control) => <Input {...control} name="tags" value={draft.tags} onChange={(event) => onChange({ tags: event.target.value })} />}
          </Field>
          {long('exampleDialogue', 'Example dialogue', 4, 'An exchange or two that shows how a scene with them reads.')}
          <TemperField temper={draft.bigFive} onChange={(bigFive) => onChange({ bigFive })} />
          <ModelField value={draft.model} onChange={(model) => onChange({ model })} />
          {long('creatorNotes', 'Notes', 3, 'For people, not for the bot.')}
      </Disclosure>
    </>
  );
}
