import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import type { PartProps } from './parts.ts';

interface PeopleFieldsProps extends PartProps {
  readonly botName: string;
  readonly personaName: string;
}

/** What each of the two is doing as the curtain rises. */
export function PeopleFields({ form, botName, personaName, errorOf, onChange }: PeopleFieldsProps) {
  return (
    <div className="grid gap-10 mid:grid-cols-2 mid:gap-6">
      {(['bot', 'you'] as const).map((who) => {
        const doing = form[who];
        const set = (part: Partial<typeof doing>): void => onChange({ [who]: { ...doing, ...part } });
        return (
          <section key={who} aria-labelledby={`opening-${who}`} className="flex flex-col gap-4">
            <h2 id={`opening-${who}`} className="text-15 font-semibold">
              {who === 'bot' ? botName : `${personaName} (you)`}
            </h2>
            <Field label="Posture" error={errorOf(`${who}.posture`)}>
              {(control) => <Input {...control} value={doing.posture} maxLength={200} onChange={(event) => set({ posture: event.target.value })} />}
            </Field>
            <Field label="Doing" error={errorOf(`${who}.action`)}>
              {(control) => <Input {...control} value={doing.action} maxLength={300} onChange={(event) => set({ action: event.target.value })} />}
            </Field>
            <Field label="Holding" hint="Parted by commas." error={errorOf(`${who}.holding`)}>
              {(control) => <Input {...control} value={doing.holding} onChange={(event) => set({ holding: event.target.value })} />}
            </Field>
          </section>
        );
      })}
    </div>
  );
}
