import { BookOpenCheck, Columns2, Copy, Eye, EyeOff, FastForward, GitBranch, Hourglass, History, Pencil, RotateCcw, ScanText, Sparkles } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Act } from './acts.ts';

/** How each act is drawn. */
export const ACT_ICONS: Readonly<Record<Act, LucideIcon>> = {
  again: RotateCcw,
  rewind: History,
  edit: Pencil,
  compare: Columns2,
  prompt: ScanText,
  continue: FastForward,
  hide: EyeOff,
  show: Eye,
  branch: GitBranch,
  look: Hourglass,
  copy: Copy,
  changed: Sparkles,
  learn: BookOpenCheck,
};
