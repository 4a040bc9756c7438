import type { TurnCall } from './use-prompts.ts';

const ROLES = { system: 'Told beforehand', user: 'Said to it', assistant: 'Said by it' } as const;

/** The messages of a call word for word, folded away: they are long. */
export function Sent({ messages }: { readonly messages: TurnCall['messages'] }) {
  if (messages.length === 0) return null;
  return (
    <details className="chat-fold">
      <summary>
        {messages.length === 1 ? 'The message as sent' : `The ${messages.length} messages as sent`}
      </summary>
      <ol className="chat-sent">
        {messages.map((message, index) => (
          // They are never reordered, and have no names.
          <li key={index}>
            <h4>{ROLES[message.role]}</h4>
            <pre dir="auto" tabIndex={0}>{message.content}</pre>
          </li>
        ))}
      </ol>
    </details>
  );
}
