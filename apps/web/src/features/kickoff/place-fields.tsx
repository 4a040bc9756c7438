import { Field } from '../../components/ui/field.tsx';
import { Input, Textarea } from '../../components/ui/input.tsx';
import type { PartProps } from './parts.ts';

/** Where and when it opens. */
export function PlaceFields({ form, errorOf, onChange }: PartProps) {
  const { place } = form;
  return (
    <section aria-labelledby="opening-place" className="flex flex-col gap-5">
      <h2 id="opening-place" className="text-15 font-semibold">
        Where and when
      </h2>
      <div className="grid gap-5 mid:grid-cols-[2fr_1fr]">
        <Field label="Place" error={errorOf('place.name')}>
          {(control) => <Input {...control} value={place.name} maxLength={200} onChange={(event) => onChange({ place: { ...place, name: event.target.value } })} />}
        </Field>
        <Field label="What it is" error={errorOf('place.type')}>
          {(control) => <Input {...control} value={place.type} maxLength={100} onChange={(event) => onChange({ place: { ...place, type: event.target.value } })} />}
        </Field>
      </div>
      <Field label="What one sees there" error={errorOf('place.description')}>
        {(control) => <Textarea {...control} rows={2} value={place.description} onChange={(event) => onChange({ place: { ...place, description: event.target.value } })} />}
      </Field>
      <div className="grid gap-5 mid:grid-cols-2">
        <Field label="Time in the story" error={errorOf('clock')}>
          {(control) => <Input {...control} type="datetime-local" value={form.when} onChange={(event) => onChange({ when: event.target.value })} />}
        </Field>
        <Field label="Weather" error={errorOf('weather')}>
          {(control) => <Input {...control} value={form.weather} maxLength={300} onChange={(event) => onChange({ weather: event.target.value })} />}
        </Field>
      </div>
      <div className="grid gap-5 mid:grid-cols-2">
        <Field label="What the story calls this time" optional hint="Such as “Day 1 of the siege”." error={errorOf('anchor')}>
          {(control) => <Input {...control} value={form.anchor} maxLength={300} onChange={(event) => onChange({ anchor: event.target.value })} />}
        </Field>
        <Field label="Title of the chat" hint="How you will find it again." error={errorOf('title')}>
          {(control) => <Input {...control} value={form.title} maxLength={200} onChange={(event) => onChange({ title: event.target.value })} />}
        </Field>
      </div>
    </section>
  );
}
