import './edge-trace.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { server } from '#lib/trpc.ts';
import { useBeside } from '../inspector/use-beside.ts';
import { signed } from '../model/changes.ts';
import type { ExplainedEdge } from './use-edge.ts';

interface EdgeTraceProps {
  readonly chatId: string;
  /** The edge as it stands: when it moves, its trace is read again. */
  readonly edge: { readonly source: string; readonly target: string; readonly affinity: number; readonly trust: number; readonly summary: string; readonly knowledge: readonly string[] };
  readonly hue: number | undefined;
}

/** px */
const WIDTH = 72;
const HEIGHT = 20;

/** How an edge has gone, as a small line, and the last thing that moved it, in words; it opens to all that did (ED-3). */
export function EdgeTrace({ chatId, edge, hue }: EdgeTraceProps) {
  const beside = useBeside();
  const { source, target, affinity, trust, summary, knowledge } = edge;
  const { data } = useQuery({
    queryKey: ['explain.trail', chatId, source, target, affinity, trust, summary, knowledge.length],
    queryFn: ({ signal }) => server.explain.trail.query({ chatId, source, target }, { signal }),
    placeholderData: keepPreviousData,
  });
  const last = data?.last;
  if (data === undefined || last == null) return null;
  return (
    <button type="button" className="chat-trace" data-hue={hue} onClick={() => beside.open({ kind: 'edge', source, target })}>
      <Spark values={data.affinity} />
      <span>
        <span className="chat-unseen">Why: </span>
        {wordsOf(last)}
      </span>
    </button>
  );
}

function Spark({ values }: { readonly values: readonly number[] }) {
  // Small moves are what there is to see: the line fills its height with at least 20 points of the hundred.
  const low = Math.min(...values);
  const span = Math.max(20, Math.max(...values) - low);
  const points = values.map((value, index) => `${(index / Math.max(1, values.length - 1)) * WIDTH},${HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4)}`);
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}

/** `affinity +3: "I brought you bread."` */
function wordsOf(step: ExplainedEdge['steps'][number]): string {
  const moved = [...signed('affinity', step.affinityBy), ...signed('trust', step.trustBy)].join(', ');
  // The words themselves stand above it; here stands where they come from.
  const what = moved === '' ? (step.learned[0] ?? 'put in words') : moved;
  if (step.byHand) return `${what}, by hand`;
  const said = step.said[0]?.text;
  if (said === undefined) return what;
  // Speech that stands in quotes already needs no second pair.
  const quoted = /^["\u201C]/.test(said) ? said : `\u201C${said}\u201D`;
  if (moved === '' && step.learned[0] === undefined) return `${what} after ${quoted}`;
  return what.endsWith('.') ? `${what} ${quoted}` : `${what}: ${quoted}`;
}
