import type { SlashCommand } from '@offstage/domain/slash';
import { slashesFor } from '@offstage/domain/slash';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';

export interface Slashes {
  /** The commands that what is typed may become; empty where nothing is offered. */
  readonly offered: readonly SlashCommand[];
  /** The place of the one that the keys stand at. */
  readonly at: number;
  choose(command: SlashCommand): void;
  /** Takes a key that is the list's; false for one that is not. */
  onKey(event: KeyboardEvent): boolean;
}

/** The list of commands above the composer: the arrow keys go through it, Enter and Tab take one, Esc shuts it. */
export function useSlashes(text: string, setText: (text: string) => void): Slashes {
  const [stand, setStand] = useState({ text: '', at: 0 });
  const [shut, setShut] = useState('');
  const offered = shut === text ? [] : slashesFor(text);
  const at = stand.text === text ? stand.at : 0;
  const choose = ({ name, takes }: SlashCommand): void => {
    const whole = takes === '' ? `/${name}` : `/${name} `;
    setText(whole);
    setShut(whole);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const command = offered[at];
    if (command === undefined || event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setStand({ text, at: (at + step + offered.length) % offered.length });
    else if (event.key === 'Escape') setShut(text);
    // A name that stands there whole is sent, unless there is something to say behind it.
    else if (event.key === 'Enter' && !event.shiftKey && text.slice(1).toLowerCase() === command.name && !command.needs) return false;
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) choose(command);
    else return false;
    event.preventDefault();
    return true;
  };
  return { offered, at, choose, onKey };
}
