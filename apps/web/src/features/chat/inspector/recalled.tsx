import { useQuery } from '@tanstack/react-query';
import { trpc } from '#lib/trpc.ts';
import { Prose } from '../prose/prose.tsx';
import { MemoryPlace } from '../why/memory-place.tsx';
import type { PromptReport } from './use-prompts.ts';
import { fit, partsOf } from './words.ts';

const PLACES = { head: 'told at the beginning', late: 'told near the end', 'in the transcript': 'stands in the story itself', 'left out': 'had no room' } as const;

function Words({ text }: { readonly text: string }) {
  return (
    <div className="chat-prose">
      <Prose text={text} />
    </div>
  );
}

/** What the bot was reminded of: memories that fitted and how well, pins, lore and the word that called for it. */
export function Recalled({ chatId, report }: { readonly chatId: string; readonly report: PromptReport }) {
  const { retrieved, pins, lore } = report;
  const memoryIds = [...new Set([...retrieved, ...pins].map(({ memoryId }) => memoryId))].slice(0, 40);
  const { data: places } = useQuery({ ...trpc.explain.memories.queryOptions({ chatId, memoryIds }), enabled: memoryIds.length > 0 });
  const best = retrieved.reduce((most, { score }) => Math.max(most, score), 0);
  return (
    <>
      <section className="chat-part" aria-label="Remembered for this">
        <h3 className="chat-beside-title">Remembered for this</h3>
        {retrieved.length === 0 ? (
          <p className="chat-none">Nothing that is not in the story above fitted what was said.</p>
        ) : (
          <ul className="chat-recalled">
            {retrieved.map((memory) => (
              <li key={memory.memoryId}>
                <Words text={memory.text} />
                <details className="chat-fold">
                  <summary>
                    {fit(memory.score, best)} <span className="chat-number">{memory.score.toFixed(2)}</span>
                  </summary>
                  <dl className="chat-facts chat-facts-wide">
                    {partsOf(memory.why).map(({ name, value }) => (
                      <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
                <MemoryPlace place={places?.find(({ memoryId }) => memoryId === memory.memoryId)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {pins.length > 0 && (
        <section className="chat-part">
          <h3 className="chat-beside-title">Pinned</h3>
          <ul className="chat-recalled">
            {pins.map((pin) => (
              <li key={pin.memoryId} data-left-out={pin.place === 'left out' || undefined}>
                <Words text={pin.text} />
                <small>{PLACES[pin.place]}</small>
                <MemoryPlace place={places?.find(({ memoryId }) => memoryId === pin.memoryId)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {lore.length > 0 && (
        <section className="chat-part">
          <h3 className="chat-beside-title">Lore</h3>
          <ul className="chat-recalled">
            {lore.map((entry) => (
              <li key={entry.loreId} data-left-out={!entry.included || undefined}>
                <p dir="auto">{entry.name}</p>
                <small>{[entry.key === null ? 'always told' : `called for by \u201C${entry.key}\u201D`, entry.included ? '' : 'had no room'].filter(Boolean).join(', ')}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
