import type { SlashName } from '@offstage/domain/slash';
import type { SlashAction } from './action.ts';
import { close } from './close.ts';
import { help } from './help.ts';
import { meanwhile } from './meanwhile.ts';
import { ooc } from './ooc.ts';

/** What every command does (TN-2). The names and what they take stand in the domain's `slash.ts`, for the page too. */
export const SLASH_ACTIONS: Readonly<Record<SlashName, SlashAction>> = { close, help, meanwhile, ooc };
