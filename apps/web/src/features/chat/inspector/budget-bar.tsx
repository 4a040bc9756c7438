import type { PromptReport } from './use-prompts.ts';
import { tokens } from './words.ts';

/** What a stretch of the bar stands for; each has its own shade. */
const SHADES = { must: 'Always there', should: 'If there is room', nice: 'With what is left', transcript: 'The story so far' } as const;
type Shade = keyof typeof SHADES;

/** How the room of a prompt was used: one bar, and its key in words and numbers. */
export function BudgetBar({ report }: { readonly report: PromptReport }) {
  const { budget, blocks } = report;
  const parts = blocks.filter(({ included, tokens: size }) => included && size > 0);
  const sums = new Map<Shade, number>();
  for (const part of parts) sums.set(shadeOf(part), (sums.get(shadeOf(part)) ?? 0) + part.tokens);
  const used = parts.reduce((total, part) => total + part.tokens, 0);
  const whole = Math.max(budget.hard, used);
  const share = (size: number): string => `${(size / whole) * 100}%`;
  return (
    <figure className="chat-budget">
      <div className="chat-budget-bar" aria-hidden="true">
        {parts.map((part) => (
          <i key={part.name} data-shade={shadeOf(part)} title={`${part.label}: ${tokens(part.tokens)}`} style={{ width: share(part.tokens) }} />
        ))}
        <b style={{ insetInlineStart: share(budget.soft) }} />
      </div>
      <figcaption>
        <p>
          {tokens(report.tokens)} of {tokens(budget.hard)} tokens; trimmed from {tokens(budget.soft)} on.
        </p>
        <ul>
          {(Object.keys(SHADES) as Shade[]).map((shade) => {
            const sum = sums.get(shade) ?? 0;
            return sum === 0 ? null : (
              <li key={shade}>
                <i data-shade={shade} aria-hidden="true" />
                {SHADES[shade]} <b>{tokens(sum)}</b>
              </li>
            );
          })}
        </ul>
      </figcaption>
    </figure>
  );
}

function shadeOf({ tier, position }: PromptReport['blocks'][number]): Shade {
  return position === 'transcript' ? 'transcript' : tier;
}
