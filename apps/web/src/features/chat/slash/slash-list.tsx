import './slash.css';
import type { Slashes } from './use-slashes.ts';

interface SlashListProps {
  readonly id: string;
  readonly slashes: Slashes;
  /** Focus goes back to where one writes. */
  readonly onChosen: () => void;
}

/** The id of the option at a place of the list, for whoever points to it. */
export function slashOptionId(listId: string, at: number): string {
  return `${listId}-${at}`;
}

/** The commands that what is typed may become, above where one writes. */
export function SlashList({ id, slashes, onChosen }: SlashListProps) {
  return (
    <div id={id} role="listbox" aria-label="Commands" className="chat-slashes">
      {slashes.offered.map((command, at) => (
        <div
          key={command.name}
          id={slashOptionId(id, at)}
          role="option"
          aria-selected={at === slashes.at}
          tabIndex={-1}
          ref={(row) => {
            if (at === slashes.at) row?.scrollIntoView({ block: 'nearest' });
          }}
          // Pressing must not take the focus from where one writes: a phone would fold its keyboard away.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            slashes.choose(command);
            onChosen();
          }}
        >
          <span className="chat-slash-form">
            /{command.name} {command.takes !== '' && <i>{command.takes}</i>}
          </span>
          <span>{command.help}</span>
        </div>
      ))}
    </div>
  );
}
