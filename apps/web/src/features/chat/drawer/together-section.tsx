import { GROUP_LEAST, groupKey } from '@offstage/domain/members';
import { EditableText } from '#components/ui/editable-text.tsx';
import { server } from '#lib/trpc.ts';
import type { Scenery } from '../model/scenery.ts';
import { presentOn } from '../model/scenery.ts';
import { Fact, FoldingPart } from './part.tsx';
import type { Edit } from './use-edit.ts';

interface TogetherSectionProps {
  readonly scenery: Scenery;
  readonly edit: Edit;
}

/** How three who are here are together (WD-9): put in words when a scene ends, and by hand. */
export function TogetherSection({ scenery, edit }: TogetherSectionProps) {
  const { chatId } = scenery;
  const present = presentOn(scenery);
  if (present.length < GROUP_LEAST) return null;
  const group = scenery.groups.get(groupKey(chatId, present));
  const keep = (changes: { summary?: string; mood?: string }): Promise<string | null> =>
    edit('How you are together is changed.', (commandId) => server.edits.setGroup.mutate({ commandId, chatId, changes }));
  return (
    <FoldingPart name="together" title="Together" brief={group?.mood || (group?.summary ?? '')}>
      <EditableText
        name={`${chatId}.group`}
        label="How you are together"
        value={group?.summary ?? ''}
        empty="Put in words when the scene ends, or by you"
        limit={4_000}
        long
        onKeep={(summary) => keep({ summary })}
      />
      <dl className="chat-facts">
        <Fact name="Mood">
          <EditableText name={`${chatId}.group.mood`} label="Mood among you" value={group?.mood ?? ''} empty="Not said" limit={300} onKeep={(mood) => keep({ mood })} />
        </Fact>
      </dl>
    </FoldingPart>
  );
}
