import { useRoute } from 'wouter';
import { useAfter } from '../lib/use-after.ts';

/** Says that the server is away, once that lasts. A chat says it in its own place. */
export function ConnectionLine({ connection }: { readonly connection: 'live' | 'away' }) {
  const [inChat] = useRoute('/chats/:chatId');
  const away = useAfter(connection === 'away', 1_500) && !inChat;
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
