import { signed } from '../model/changes.ts';
import { storyMoment } from '../model/times.ts';
import { TurnLink } from './turn-link.tsx';
import type { ExplainedEdge } from './use-edge.ts';

interface EdgeStepProps {
  readonly step: ExplainedEdge['steps'][number];
  readonly name: (entityId: string) => string;
}

/** One thing that moved an edge: by how much, by whose words, when, and the way there. */
export function EdgeStep({ step, name }: EdgeStepProps) {
  const moved = [...signed('affinity', step.affinityBy), ...signed('trust', step.trustBy)];
  const when = storyMoment(step.clock);
  return (
    <article className="chat-step">
      <p className="chat-number">
        <strong>{moved.length === 0 ? (step.summary === null ? 'Something learned' : 'Seen anew') : moved.join(', ')}</strong>
        {step.byHand && <span> by hand</span>}
      </p>
      {step.learned.map((fact) => (
        <p key={fact} dir="auto">learned: {fact}</p>
      ))}
      {step.forgotten.map((fact) => (
        <p key={fact} dir="auto">no longer known: {fact}</p>
      ))}
      {step.summary !== null && step.summary !== '' && <p dir="auto">{step.summary}</p>}
      {step.said.map(({ speakerId, text }) => (
        <blockquote key={`${speakerId} ${text}`} dir="auto">
          <bdi>{speakerId === null ? 'Someone' : name(speakerId)}</bdi>: {text}
        </blockquote>
      ))}
      <footer>
        {when !== undefined && <span>{when}</span>}
        {step.elsewhere !== null && (
          <span>
            in {'\u201C'}
            <bdi>{step.elsewhere}</bdi>
            {'\u201D'}
          </span>
        )}
        {step.depth !== null && <TurnLink depth={step.depth}>Show it</TurnLink>}
      </footer>
    </article>
  );
}
