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
    queryKey: ['explain.edge.trace', chatId, source, target, affinity, trust, summary, knowledge.length],
    queryFn: ({ signal }) => server.explain.edge.query({ chatId, source, target }, { signal }),
    placeholderData: keepPreviousData,
  });
  const last = data?.steps[0];
  if (data === undefined || last === undefined) return null;
  return (
    <button type="button" className="chat-trace" data-hue={hue} onClick={() => beside.open({ kind: 'edge', source, target })}>
      <Spark series={data.series} />
      <span>
        <span className="chat-unseen">Why: </span>
        {wordsOf(last)}
      </span>
    </button>
  );
}

function Spark({ series }: { readonly series: ExplainedEdge['series'] }) {
  const first = series.slice(-40);
  const points = first.map(({ affinity }, index) => `${(index / Math.max(1, first.length - 1)) * WIDTH},${HEIGHT - 1 - (affinity / 100) * (HEIGHT - 2)}`);
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  );
}

/** `affinity +3: "I brought you bread."` */
function wordsOf(step: ExplainedEdge['steps'][number]): string {
  const moved = [...signed('affinity', step.affinityBy), ...signed('trust', step.trustBy)].join(', ');
  const what = moved === '' ? (step.learned[0] ?? step.summary ?? '') : moved;
  if (step.byHand) return `${what}, by hand`;
  const said = step.said[0]?.text;
  return said === undefined ? what : `${what}: \u201C${said}\u201D`;
}
