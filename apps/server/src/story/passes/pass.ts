import type { NewEvent, Row } from '@offstage/domain';
import type { Kit } from '../kit.ts';

/** What a pass is given: the reply it follows, as it stands. */
export interface PassContext {
  readonly kit: Pick<Kit, 'config' | 'people' | 'newId'>;
  readonly chat: Row<'chats'>;
  readonly reply: Row<'turns'>;
  /** The turn that the reply answers. */
  readonly parent: Row<'turns'> | undefined;
}

/** One thing that the engine learns from a reply (TN-8). What it writes hangs from the reply's turn. */
export interface Pass {
  readonly name: string;
  toEvents(context: PassContext): Promise<NewEvent[]> | NewEvent[];
}
