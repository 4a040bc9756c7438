import { useAfter } from '../../lib/use-after.ts';
import type { Connection } from './model/session.ts';

/** A connection that comes back at once is not worth a word. */
const SAY_AFTER = 1_200;

/** Says in words that the page is cut off, and that nothing is lost. */
export function ConnectionNote({ connection }: { readonly connection: Connection }) {
  const late = useAfter(connection !== 'live', SAY_AFTER);
  return (
    <div role="status" className="chat-offline-place">
      {late && <p className="chat-offline">Offstage does not answer. What you write is kept, and this page catches up by itself.</p>}
    </div>
  );
}
