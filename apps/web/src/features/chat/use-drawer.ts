import { useCallback, useMemo, useState } from 'react';
import { keep, recall } from '../../lib/storage.ts';

const OPEN = 'drawer.open';
const WIDTH = 'drawer.width';

/** px */
export const DRAWER = { least: 300, most: 560, first: 380 } as const;

export interface DrawerPlace {
  readonly open: boolean;
  /** px */
  readonly width: number;
  toggle(): void;
  close(): void;
  /** Takes another width, within bounds, and remembers it. */
  resize(width: number): void;
}

/** Whether the drawer stands open, and how wide: as it was left. On a narrow page it begins closed. */
export function useDrawer(): DrawerPlace {
  const [open, setOpen] = useState(() => matchMedia('(width >= 75rem)').matches && recall(OPEN) !== 'no');
  const [width, setWidth] = useState(() => bounded(Number(recall(WIDTH) ?? DRAWER.first)));

  const put = useCallback((next: boolean) => {
    setOpen(next);
    keep(OPEN, next ? 'yes' : 'no');
  }, []);
  const resize = useCallback((next: number) => {
    setWidth(bounded(next));
    keep(WIDTH, String(bounded(next)));
  }, []);
  return useMemo(() => ({ open, width, toggle: () => put(!open), close: () => put(false), resize }), [open, width, put, resize]);
}

function bounded(width: number): number {
  return Number.isFinite(width) ? Math.min(DRAWER.most, Math.max(DRAWER.least, Math.round(width))) : DRAWER.first;
}
