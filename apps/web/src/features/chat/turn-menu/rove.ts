import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrow keys within a turn go over its buttons: a turn is one stop of the tab key. True where the key was meant for that. */
export function rove(event: KeyboardEvent): boolean {
  const step = STEPS[event.key];
  const { target } = event;
  if (step === undefined || event.defaultPrevented || !(target instanceof HTMLButtonElement) || target.closest('.chat-work') !== null) return false;
  const turn = target.closest('.chat-turn');
  if (turn === null) return false;
  const buttons = [...turn.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')].filter((button) => button.closest('.chat-work') === null && button.offsetParent !== null);
  const next = buttons[buttons.indexOf(target) + step];
  event.preventDefault();
  next?.focus();
  return true;
}
