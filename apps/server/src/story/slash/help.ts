import { SLASH_COMMANDS, slashForm } from '@offstage/domain/slash';
import type { SlashAction } from './action.ts';
import { saidOnly } from './action.ts';

/** `/help`: what there is to type. */
export const help: SlashAction = (kit, input) =>
  saidOnly(kit, input, SLASH_COMMANDS.map((command) => `${slashForm(command)}: ${command.help}`).join('\n'));
