import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/** The parts of what stands behind a reply. */
export const TURN_PARTS = ['changed', 'prompt', 'afterwards'] as const;
type TurnPart = (typeof TURN_PARTS)[number];

/** What can be looked at beside the story, each with an address of its own. */
export type Beside =
  | { readonly kind: 'turn'; readonly turnId: string; readonly part: TurnPart }
  | { readonly kind: 'edge'; readonly source: string; readonly target: string }
  | { readonly kind: 'chat' };

export interface BesidePlace {
  readonly view: Beside | null;
  /** Opens something beside the story; what is open already gives way to it without a step back in between. */
  open(view: Beside): void;
  close(): void;
}

/** No id holds it. */
const BETWEEN = '~';

/** Whether what is open was opened here: then closing it is a step back, as the browser's own button is. */
let stepped = false;

/** What is looked at beside the story: it stands in the address, so that it can be kept and come back to. */
export function useBeside(): BesidePlace {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const view = useMemo(() => read(search), [search]);
  const looking = view !== null;
  const open = useCallback(
    (next: Beside): void => {
      if (!looking) stepped = true;
      navigate(`${path}?${write(next)}`, { replace: looking });
    },
    [looking, navigate, path],
  );
  const close = useCallback((): void => {
    if (stepped) history.back();
    else navigate(path, { replace: true });
    stepped = false;
  }, [navigate, path]);
  return useMemo(() => ({ view, open, close }), [view, open, close]);
}

function read(search: string): Beside | null {
  const asked = new URLSearchParams(search);
  for (const part of TURN_PARTS) {
    const turnId = asked.get(part);
    if (turnId !== null && turnId !== '') return { kind: 'turn', turnId, part };
  }
  const [source, target] = asked.get('why')?.split(BETWEEN) ?? [];
  if (source !== undefined && source !== '' && target !== undefined && target !== '') return { kind: 'edge', source, target };
  return asked.has('chat') ? { kind: 'chat' } : null;
}

function write(view: Beside): string {
  switch (view.kind) {
    case 'turn':
      return `${view.part}=${encodeURIComponent(view.turnId)}`;
    case 'edge':
      return `why=${encodeURIComponent(view.source)}${BETWEEN}${encodeURIComponent(view.target)}`;
    case 'chat':
      return 'chat';
  }
}
