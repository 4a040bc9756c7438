import type { SlashName } from '@offstage/domain/slash';
import type { SlashAction } from './action.ts';
import { as } from './as.ts';
import { close } from './close.ts';
import { help } from './help.ts';
import { meanwhile } from './meanwhile.ts';
import { ooc } from './ooc.ts';
import { roll } from './roll.ts';
import { skip } from './skip.ts';

/** What every command does (TN-2). The names and what they take stand in the domain's `slash.ts`, for the page too. */
export const SLASH_ACTIONS: Readonly<Record<SlashName, SlashAction>> = { skip, close, as, roll, ooc, meanwhile, help };
