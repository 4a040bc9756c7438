import type { Row } from '@offstage/domain';
import type { ChosenModel } from '../core.ts';
import { samplerFor } from '../prompt/sampler.ts';
import type { Kit } from './kit.ts';

/** The chat's own model and sampler settings before the bot's, the bot's before those of the settings (PR-7). */
export async function chooseModel(kit: Pick<Kit, 'models'>, chat: Row<'chats'> | undefined, speaker: Row<'bots'> | undefined): Promise<ChosenModel> {
  const chosen = await kit.models.choose('narrative', chat?.model, speaker?.model);
  return { ...chosen, sampler: samplerFor(chosen.sampler, chat?.tuning.sampler ?? null) };
}
