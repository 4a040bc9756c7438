import { useSyncExternalStore } from 'react';
import { keep, recall } from './storage.ts';

const CHOICES = {
  theme: ['system', 'light', 'dark'],
  transcript: ['script', 'bubbles'],
  rail: ['wide', 'narrow'],
} as const;

type LookName = keyof typeof CHOICES;
export type Look<N extends LookName> = (typeof CHOICES)[N][number];

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  const elsewhere = (event: StorageEvent): void => {
    if (event.key?.startsWith('offstage.') !== true) return;
    apply();
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', elsewhere);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', elsewhere);
  };
}

/** How a look is chosen now; the first choice stands for all that was never chosen. */
function lookOf<N extends LookName>(name: N): Look<N> {
  const choices: readonly Look<N>[] = CHOICES[name];
  const kept = recall(name);
  return choices.find((choice) => choice === kept) ?? choices[0] as Look<N>;
}

/** Writes the looks where the style sheets read them. */
function apply(): void {
  const { dataset } = document.documentElement;
  const theme = lookOf('theme');
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  if (lookOf('transcript') === 'bubbles') dataset.transcript = 'bubbles';
  else delete dataset.transcript;
}

/** A look of this browser's own, and how to choose another. Other tabs follow. */
export function useLook<N extends LookName>(name: N): [Look<N>, (choice: Look<N>) => void] {
  const look = useSyncExternalStore(subscribe, () => lookOf(name));
  const choose = (choice: Look<N>): void => {
    keep(name, choice);
    apply();
    for (const listener of listeners) listener();
  };
  return [look, choose];
}
