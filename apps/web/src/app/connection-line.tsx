import { useRoute } from 'wouter';
import { useStanding } from '../lib/library-standing.ts';
import { useAfter } from '../lib/use-after.ts';

/** Says that the server is away, once that lasts. A chat says it in its own place. */
export function ConnectionLine({ connection }: { readonly connection: 'live' | 'away' }) {
  const [inChat] = useRoute('/chats/:chatId');
  const standing = useStanding();
  // A server without its library answers, and says so itself.
  const shut = standing !== null && standing.state !== 'open';
  const away = useAfter(connection === 'away' && !shut, 1_500) && !inChat;
  return (
    <div role="status">
      {away && (
        <p className="border-b border-line bg-spot-wash px-5 py-2 text-center text-13 text-spot-ink">
          Offstage does not answer. What you write is kept, and this page catches up by itself.
        </p>
      )}
    </div>
  );
}
