import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { useEffect, useRef } from 'react';
import { storyMoment } from '../model/times.ts';
import type { ExplainedEdge } from './use-edge.ts';

/** px */
const HEIGHT = 140;

type Series = ExplainedEdge['series'];

/** The two lines of an edge, step by step: a step is something that moved it, however much time lies between. */
export function EdgePlot({ series }: { readonly series: Series }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = box.current;
    if (place === null) return undefined;
    let plot = draw(place, series);
    const resized = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT }));
    resized.observe(place);
    // A canvas does not follow the theme by itself.
    const redraw = (): void => {
      plot.destroy();
      plot = draw(place, series);
    };
    const themed = new MutationObserver(redraw);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', redraw);
    return () => {
      resized.disconnect();
      themed.disconnect();
      system.removeEventListener('change', redraw);
      plot.destroy();
    };
  }, [series]);
  const last = series.at(-1);
  const label = `Affinity from ${Math.round(series[0]?.affinity ?? 0)} to ${Math.round(last?.affinity ?? 0)}, trust from ${Math.round(series[0]?.trust ?? 0)} to ${Math.round(last?.trust ?? 0)}`;
  return <div ref={box} className="chat-plot" role="img" aria-label={label} />;
}

function draw(place: HTMLElement, series: Series): uPlot {
  const style = getComputedStyle(place);
  const colour = (name: string): string => resolved(place, `var(${name})`);
  const [line, dim] = [colour('--color-line'), colour('--color-dim')];
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: dim, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [8, 4, 4, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: false }, y: { range: [0, 100] } },
      axes: [
        { ...axis, show: false },
        { ...axis, size: 30, gap: 4, splits: [0, 50, 100] },
      ],
      series: [
        {},
        { label: 'Affinity', stroke: colour('--hue'), width: 2, points: { show: series.length < 30, size: 5 } },
        { label: 'Trust', stroke: dim, width: 2, dash: [4, 3], points: { show: false } },
      ],
      hooks: {
        setCursor: [
          (plot) => {
            const at = series[plot.cursor.idx ?? -1];
            place.title = at === undefined ? '' : `${storyMoment(at.clock) ?? 'At the beginning'}: affinity ${Math.round(at.affinity)}, trust ${Math.round(at.trust)}`;
          },
        ],
      },
    },
    [series.map(({ step }) => step), series.map(({ affinity }) => affinity), series.map(({ trust }) => trust)],
    place,
  );
}

/** A colour as the canvas takes it: what a token stands for now, light or dark. */
function resolved(place: HTMLElement, value: string): string {
  const before = place.style.color;
  place.style.color = value;
  const colour = getComputedStyle(place).color;
  place.style.color = before;
  return colour;
}
