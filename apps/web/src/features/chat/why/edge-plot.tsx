import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { useEffect, useRef } from 'react';
import { storyMoment } from '../model/times.ts';
import type { ExplainedEdge } from './use-edge.ts';

/** px */
const HEIGHT = 140;

/** The scale shows at least so many points of the hundred. */
const LEAST = 20;

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
  const [low, high] = stretchOf(series);
  const font = `12px ${style.fontFamily}`;
  const axis = { stroke: dim, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [8, 4, 4, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: false }, y: { range: [low, high] } },
      axes: [
        { ...axis, show: false },
        { ...axis, size: 30, gap: 4, splits: [low, (low + high) / 2, high] },
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

/** A colour as the canvas takes it: what a token stands for now, light or dark. Asked of something new, which no transition holds back. */
function resolved(place: HTMLElement, value: string): string {
  const probe = document.createElement('i');
  probe.style.color = value;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The stretch of the scale that is drawn: all values in whole tens, and never so little that a breath looks like a storm. */
function stretchOf(series: Series): [number, number] {
  const values = series.flatMap(({ affinity, trust }) => [affinity, trust]);
  let low = Math.floor((Math.min(...values) - 2) / 10) * 10;
  let high = Math.ceil((Math.max(...values) + 2) / 10) * 10;
  while (high - low < LEAST) {
    low -= 10;
    if (high - low < LEAST) high += 10;
  }
  // At an end of the scale the rest is shown on the other side.
  if (low < 0) return [0, Math.min(100, Math.max(high, LEAST))];
  return high > 100 ? [Math.max(0, Math.min(low, 100 - LEAST)), 100] : [low, high];
}
