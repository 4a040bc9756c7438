import type { Core } from '../core.ts';
import type { Live } from '../live/hub.ts';
import type { History } from '../prompt/history.ts';
import type { LoreShelf } from '../prompt/loreShelf.ts';
import type { TokenCounter } from '../prompt/tokens.ts';
import type { Tellings } from './closing/telling.ts';
import type { Meanings } from './meanings.ts';
import type { People } from './people.ts';
import type { Writer } from './writer.ts';

/** What the parts of the story work with. */
export interface Kit extends Pick<Core, 'store' | 'gateway' | 'models' | 'config' | 'log' | 'now' | 'newId' | 'throwDie'> {
  readonly live: Live;
  readonly people: People;
  readonly meanings: Meanings;
  readonly counter: TokenCounter;
  readonly history: History;
  readonly lore: LoreShelf;
  readonly writer: Writer;
  readonly tellings: Tellings;
}
