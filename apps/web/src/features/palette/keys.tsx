import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { commandKey } from './words.ts';

/** Every key that does something of its own, by where it does (UI-5). */
const KEYS: readonly { readonly where: string; readonly keys: readonly (readonly [keys: readonly string[], does: string])[] }[] = [
  {
    where: 'Anywhere',
    keys: [
      [[commandKey('K')], 'Go to, or do, by name'],
      [['?', commandKey('/')], 'These keys; the second also while you write'],
      [['Esc'], 'Stops the reply, or closes what is open'],
    ],
  },
  {
    where: 'Where you write',
    keys: [
      [['Enter'], 'Sends'],
      [['Shift Enter'], 'Breaks the line'],
      [['\u2191'], 'Edits your last message, while nothing is written'],
      [['/'], 'A command, completed as you type'],
      [['Tab'], 'Takes the command that is offered'],
    ],
  },
  {
    where: 'In the story',
    keys: [
      [['Tab'], 'To the next turn, one stop for each'],
      [['\u2190', '\u2192'], 'Through what can be done with the turn'],
      [['Home', 'End'], 'To its beginning, to its end'],
      [[commandKey('Enter')], 'Keeps an edit'],
    ],
  },
  {
    where: 'Behind the story',
    keys: [
      [['Enter'], 'Changes a value, and keeps it'],
      [['Esc'], 'Leaves it as it was'],
      [['\u2190', '\u2192'], 'Between the tabs; at its edge, narrower and wider'],
    ],
  },
];

/** The keys, listed. */
export function Keys({ onLeave }: { readonly onLeave: () => void }) {
  return (
    <Dialog open onClose={onLeave} title="Keys" actions={<Button onClick={onLeave}>Close</Button>}>
      <div className="flex flex-col gap-4">
        {KEYS.map(({ where, keys }) => (
          <section key={where} aria-label={where}>
            <h3 className="mb-1 text-13 font-semibold text-ink">{where}</h3>
            <dl className="text-13">
              {keys.map(([strokes, does]) => (
                <div key={does} className="flex items-baseline gap-4 border-b border-line py-1 last:border-0">
                  <dt className="flex w-24 shrink-0 flex-wrap gap-1 mid:w-32">
                    {strokes.map((stroke) => (
                      <kbd key={stroke} className="rounded-small border border-edge px-1.5 font-sans text-12 text-ink">
                        {stroke}
                      </kbd>
                    ))}
                  </dt>
                  <dd className="min-w-0 flex-1">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
