import { EditorFrame, ShownValue, Small } from '#components/ui/editable.tsx';
import { useEditing } from '#components/ui/use-editing.ts';
import type { CastMember, ChatOpen } from '../model/state.ts';
import { namesOf } from './words.ts';

interface KnowsProps {
  readonly name: string;
  readonly open: ChatOpen;
  readonly knownTo: readonly string[];
  readonly onKeep: (knownTo: string[]) => Promise<string | null>;
}

/** Who knows of a plan: names that become a choice when they are pressed. */
export function Knows({ name, open, knownTo, onKeep }: KnowsProps) {
  const editing = useEditing({ name, value: knownTo.join(' '), onKeep: (text) => onKeep(idsIn(text)) });
  if (editing.text === null) return <ShownValue editing={editing} label="Who knows this" value={namesOf(open, knownTo)} empty="Nobody" />;
  return (
    <EditorFrame editing={editing} label="Who knows this?" buttons>
      <WhoKnows cast={open.cast} knownTo={idsIn(editing.text)} onChange={(next) => editing.change(next.join(' '))} />
    </EditorFrame>
  );
}

const idsIn = (text: string): string[] => text.split(' ').filter((id) => id !== '');

interface WhoKnowsProps {
  readonly cast: readonly CastMember[];
  readonly knownTo: readonly string[];
  readonly onChange: (knownTo: string[]) => void;
}

/** Everybody in the story, those who know pressed in. */
export function WhoKnows({ cast, knownTo, onChange }: WhoKnowsProps) {
  return (
    <div className="flex flex-wrap gap-1">
      {cast.map(({ entityId, name }) => {
        const knows = knownTo.includes(entityId);
        return (
          <Small key={entityId} pressed={knows} onClick={() => onChange(knows ? knownTo.filter((one) => one !== entityId) : [...knownTo, entityId])}>
            {name}
          </Small>
        );
      })}
    </div>
  );
}
