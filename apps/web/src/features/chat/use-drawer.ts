import { useCallback, useMemo, useState } from 'react';
import { keep, recall } from '../../lib/storage.ts';
import type { PartName } from './drawer/folds.ts';
import { seekPart } from './drawer/folds.ts';

const OPEN = 'drawer.open';
const WIDTH = 'drawer.width';

/** px */
export const DRAWER = { least: 300, most: 560, first: 380 } as const;

export type DrawerTab = 'stage' | 'memories' | 'plot' | 'timeline';

export interface DrawerPlace {
  readonly open: boolean;
  readonly tab: DrawerTab;
  /** px */
  readonly width: number;
  toggle(): void;
  close(): void;
  turnTo(tab: DrawerTab): void;
  /** Opens it at a tab, and where one is named at a part of that. */
  show(tab: DrawerTab, part?: PartName): void;
  /** Takes another width, within bounds, and remembers it. */
  resize(width: number): void;
}

/** Whether the drawer stands open, and how wide: as it was left. On a narrow page it begins closed. */
export function useDrawer(): DrawerPlace {
  const [open, setOpen] = useState(() => matchMedia('(width >= 75rem)').matches && recall(OPEN) !== 'no');
  const [tab, turnTo] = useState<DrawerTab>('stage');
  const [width, setWidth] = useState(() => bounded(Number(recall(WIDTH) ?? DRAWER.first)));

  const put = useCallback((next: boolean) => {
    setOpen(next);
    keep(OPEN, next ? 'yes' : 'no');
  }, []);
  const resize = useCallback((next: number) => {
    setWidth(bounded(next));
    keep(WIDTH, String(bounded(next)));
  }, []);
  const show = useCallback(
    (next: DrawerTab, part?: PartName) => {
      put(true);
      turnTo(next);
      if (part !== undefined) seekPart(part);
    },
    [put],
  );
  return useMemo(() => ({ open, tab, width, toggle: () => put(!open), close: () => put(false), turnTo, show, resize }), [open, tab, width, put, show, resize]);
}

function bounded(width: number): number {
  return Number.isFinite(width) ? Math.min(DRAWER.most, Math.max(DRAWER.least, Math.round(width))) : DRAWER.first;
}
