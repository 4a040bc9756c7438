import type { Row } from '@offstage/domain';
import type { ChatOpen } from './model/state.ts';
import { nameIn } from './model/state.ts';

interface ComingsProps {
  readonly coming: Row<'comings'> | undefined;
  readonly open: ChatOpen;
}

/** Who came and who left after a turn, each in one quiet line (GU-1). */
export function Comings({ coming, open }: ComingsProps) {
  if (coming === undefined) return null;
  return coming.steps.map(({ entityId, came }, at) => (
    // They are a log: what stands at a place stays there.
    <p key={at} className="chat-coming">
      <bdi>{nameIn(open, entityId)}</bdi> {came ? 'joins you.' : 'leaves.'}
    </p>
  ));
}
