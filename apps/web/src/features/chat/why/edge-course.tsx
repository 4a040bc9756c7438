import { Suspense } from 'react';
import { later } from '#lib/later.ts';
import { storyMoment } from '../model/times.ts';
import type { ExplainedEdge } from './use-edge.ts';

const EdgePlot = later(async () => (await import('./edge-plot.tsx')).EdgePlot);

type Series = ExplainedEdge['series'];

/** Affinity and trust over the story: drawn, and as a table for whoever reads rather than looks. */
export function EdgeCourse({ series, hue }: { readonly series: Series; readonly hue: number }) {
  if (series.length < 2) return <p className="chat-none">Nothing has moved it yet. What does will be drawn here.</p>;
  return (
    <figure className="chat-course" data-hue={hue}>
      <Suspense fallback={<div className="chat-plot" />}>
        <EdgePlot series={series} />
      </Suspense>
      <figcaption>
        <span className="chat-key" data-line="affinity">Affinity</span>
        <span className="chat-key" data-line="trust">Trust</span>
      </figcaption>
      <details className="chat-fold">
        <summary>As a table</summary>
        {/* It scrolls by itself, also for the keyboard. */}
        <div className="chat-table" role="region" aria-label="Affinity and trust over the story" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Affinity</th>
                <th scope="col">Trust</th>
              </tr>
            </thead>
            <tbody>
              {series.map(({ step, affinity, trust, clock }) => (
                <tr key={step}>
                  <th scope="row">{step === 0 ? 'At the beginning' : (storyMoment(clock) ?? `Change ${step}`)}</th>
                  <td>{Math.round(affinity)}</td>
                  <td>{Math.round(trust)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
