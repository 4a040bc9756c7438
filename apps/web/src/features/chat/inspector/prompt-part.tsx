import './prompt.css';
import { Button } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { TurnLink } from '../why/turn-link.tsx';
import { CallFacts } from './afterwards-part.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { Recalled } from './recalled.tsx';
import { Sent } from './sent.tsx';
import type { PromptReport, PromptsRead } from './use-prompts.ts';
import { TIERS, tokens } from './words.ts';

interface PromptPartProps {
  readonly chatId: string;
  readonly prompts: PromptsRead;
}

/** What the reply's prompt was made of, in its order, with what had to be left out and why (PR-4). */
export function PromptPart({ chatId, prompts: { prompts, problem, again } }: PromptPartProps) {
  if (problem !== undefined) {
    return (
      <div className="chat-part">
        <p role="alert">{problem.message}</p>
        <Button onClick={again}>Try again</Button>
      </div>
    );
  }
  if (prompts === undefined) return <Waiting>Looking it up</Waiting>;
  const call = prompts.narrative;
  if (call === null) return <p className="chat-part chat-none">No model wrote this, or its prompt is no longer kept. The last 2,000 calls are.</p>;
  const report = call.prompt;
  return (
    <>
      <section className="chat-part">
        {report === null ? <p className="chat-none">What its parts were is not known.</p> : <BudgetBar report={report} />}
        <CallFacts call={call} />
      </section>
      {report !== null && (
        <>
          <Blocks report={report} />
          <Recalled chatId={chatId} report={report} />
        </>
      )}
      <section className="chat-part">
        <h3 className="chat-beside-title">Word for word</h3>
        <Sent messages={call.messages} />
      </section>
    </>
  );
}

function Blocks({ report }: { readonly report: PromptReport }) {
  return (
    <section className="chat-part" aria-label="In its order">
      <h3 className="chat-beside-title">In its order</h3>
      <ol className="chat-blocks">
        {report.blocks.map((block) => (
          <li key={block.name} data-left-out={!block.included || undefined}>
            <BlockRow block={block} transcript={report.transcript} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function BlockRow({ block, transcript }: { readonly block: PromptReport['blocks'][number]; readonly transcript: PromptReport['transcript'] }) {
  const head = (
    <>
      <i data-shade={block.position === 'transcript' ? 'transcript' : block.tier} aria-hidden="true" />
      <span>
        <span>{block.label}</span>
        <small>{block.included ? TIERS[block.tier] : 'left out'}</small>
      </span>
      <b>{tokens(block.tokens)}</b>
    </>
  );
  return (
    <>
      {block.text === '' ? (
        <div className="chat-block">{head}</div>
      ) : (
        <details>
          <summary className="chat-block">{head}</summary>
          <pre dir="auto" tabIndex={0}>{block.text}</pre>
        </details>
      )}
      {block.why !== null && <p>{block.why}</p>}
      {block.position === 'transcript' && <Stretch transcript={transcript} />}
    </>
  );
}

function Stretch({ transcript: { turns, trimmed, fromDepth } }: { readonly transcript: PromptReport['transcript'] }) {
  return (
    <p>
      {turns === 1 ? 'One turn' : `The last ${turns} turns`}
      {trimmed ? '; what came before had no room. ' : ', from the beginning. '}
      {trimmed && fromDepth !== null && <TurnLink depth={fromDepth}>Where it begins</TurnLink>}
    </p>
  );
}
