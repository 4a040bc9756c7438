import { Button } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { Sent } from './sent.tsx';
import type { PromptsRead, TurnCall } from './use-prompts.ts';
import { outcomeOf, purposeOf, seconds, tokens } from './words.ts';

/** What was asked after a reply, and what came back. */
export function AfterwardsPart({ prompts: { prompts, problem, again } }: { readonly prompts: PromptsRead }) {
  if (problem !== undefined) {
    return (
      <div className="chat-part">
        <p role="alert">{problem.message}</p>
        <Button onClick={again}>Try again</Button>
      </div>
    );
  }
  if (prompts === undefined) return <Waiting>Looking it up</Waiting>;
  if (prompts.bookkeeping.length === 0) {
    return <p className="chat-part chat-none">No model was asked about this reply. What is asked after a reply, and what it answered, will stand here.</p>;
  }
  return prompts.bookkeeping.map((call) => <Call key={call.callId} call={call} />);
}

function Call({ call }: { readonly call: TurnCall }) {
  return (
    <section className="chat-part">
      <h3 className="chat-beside-title">{purposeOf(call)}</h3>
      <CallFacts call={call} />
      {call.reply !== '' && (
        <>
          <h4 className="chat-beside-sub">What it answered</h4>
          <pre className="chat-answer" dir="auto" tabIndex={0}>{pretty(call.reply)}</pre>
        </>
      )}
      <Sent messages={call.messages} />
    </section>
  );
}

/** Model, tokens, time and outcome of a call. */
export function CallFacts({ call }: { readonly call: TurnCall }) {
  const { usage, firstTokenMs, waitedMs, attempts } = call;
  const facts: readonly (readonly [string, string])[] = [
    ['Model', call.provider === '' ? call.model : `${call.model}, ${call.provider}`],
    ['Tokens', usage === null ? 'not counted' : `${tokens(usage.prompt)} read, ${tokens(usage.completion)} written`],
    ['Time', [seconds(call.durationMs), firstTokenMs === null ? '' : `first word after ${seconds(firstTokenMs)}`, waitedMs < 100 ? '' : `${seconds(waitedMs)} of it waiting`].filter(Boolean).join(', ')],
    ['Outcome', attempts > 1 ? `${outcomeOf(call)}, after ${attempts} tries` : outcomeOf(call)],
  ];
  return (
    <dl className="chat-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** JSON with its parts on lines of their own; anything else as it came. */
function pretty(reply: string): string {
  try {
    const value: unknown = JSON.parse(reply);
    return JSON.stringify(value, null, 2);
  } catch {
    return reply;
  }
}
