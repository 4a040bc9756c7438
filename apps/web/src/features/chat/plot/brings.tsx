import { X } from 'lucide-react';
import { useId } from 'react';
import { IconButton } from '#components/ui/button.tsx';
import { Small } from '#components/ui/editable.tsx';
import { Input, Select } from '#components/ui/input.tsx';
import type { CastMember } from '../model/state.ts';
import type { Brought, PlanDraft } from './draft.ts';

interface BringsProps {
  readonly draft: PlanDraft;
  readonly cast: readonly CastMember[];
  readonly error: string | undefined;
  readonly onChange: (brings: readonly Brought[]) => void;
}

const KINDS = {
  gains: { more: 'a thing', verb: 'will have', text: 'What they get' },
  learns: { more: 'something learned', verb: 'learns of', text: 'What they learn' },
  feels: { more: 'another view', verb: 'will think of', text: 'What they think then' },
} as const;

/** What a plan brings when it comes to pass (EV-3): sentences put together from who, whom and what. */
export function Brings({ draft, cast, error, onChange }: BringsProps) {
  const id = useId();
  const { brings } = draft;
  const [first, second] = [cast.find(({ kind }) => kind === 'bot') ?? cast[0], cast.find(({ kind }) => kind === 'you') ?? cast[1]];
  const add = (kind: Brought['kind']): void => onChange([...brings, { kind, who: first?.entityId ?? '', about: second?.entityId ?? '', text: '' }]);
  const put = (nth: number, part: Partial<Brought>): void => onChange(brings.map((one, n) => (n === nth ? { ...one, ...part } : one)));
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <span id={id} className="text-13 font-semibold">
        When it comes to pass <span className="font-normal text-dim">(optional)</span>
      </span>
      {brings.map((one, nth) => (
        // They are told apart by their place alone, and keep it.
        <div key={nth} className="chat-brought">
          <Person label="Who" cast={cast} value={one.who} onChange={(who) => put(nth, { who })} />
          <span>{KINDS[one.kind].verb}</span>
          {one.kind !== 'gains' && <Person label="Of whom" cast={cast} value={one.about} onChange={(about) => put(nth, { about })} />}
          <IconButton label="Take this away" onClick={() => onChange(brings.filter((_, n) => n !== nth))}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
          <Input aria-label={KINDS[one.kind].text} placeholder={KINDS[one.kind].text} value={one.text} maxLength={1_000} onChange={(event) => put(nth, { text: event.target.value })} />
        </div>
      ))}
      {error !== undefined && <p role="alert" className="text-13 text-danger">{error}</p>}
      {brings.length < MOST && (
        <div className="chat-plot-new">
          <span>Add</span>
          {(['gains', 'learns', 'feels'] as const).map((kind) => (
            <Small key={kind} strong onClick={() => add(kind)}>
              {KINDS[kind].more}
            </Small>
          ))}
        </div>
      )}
    </div>
  );
}

/** As many as one would want to read. */
const MOST = 12;

function Person({ label, cast, value, onChange }: { readonly label: string; readonly cast: readonly CastMember[]; readonly value: string; readonly onChange: (id: string) => void }) {
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {cast.map(({ entityId, name }) => (
        <option key={entityId} value={entityId}>
          {name}
        </option>
      ))}
    </Select>
  );
}
