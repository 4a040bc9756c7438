import { expect, type Page } from '@playwright/test';
import { ask, beginWithHalina, tell } from './play.ts';

/** Of the cast that comes along: the guest. */
export const OSGAR = 'Osgar';

interface Open {
  readonly head: string;
  readonly headDepth: number;
  readonly streaming: object | null;
}

/** A story that is played over the wire, step by step. */
export class Story {
  readonly chatId: string;
  readonly #page: Page;

  private constructor(page: Page, chatId: string) {
    this.#page = page;
    this.chatId = chatId;
  }

  /**
   * Ada with Halina and Osgar, a guest, and all that can stand in a story: a second try, a branch, a plan that came to
   * pass and one ahead, a thing, a loose end, a scene that is over, a skip, two by themselves and what they were about.
   */
  static async told(page: Page): Promise<Story> {
    const { chatId, personaId, botId } = await beginWithHalina(page, 'Ada', [OSGAR]);
    const story = new Story(page, chatId);
    await story.say('"It stopped between two floors, then." *I put my bag down and sit on it.* "Do you come up here often?"');
    await story.say('"Who was in the lift before me?"');
    await story.again('shorter');
    await story.invite();
    await story.say('Osgar, what do you make of Halina?', 2);
    const plan = { kind: 'date', props: { where: 'The roof', gains: [{ who: 'Ada', thing: 'a brass key' }] }, knownTo: [personaId, botId] };
    await story.#tell('plot.plan', { plan: { ...plan, title: 'Supper on the roof', plannedFor: null } });
    await story.#tell('plot.plan', { plan: { ...plan, kind: 'journey', title: 'The night ferry', plannedFor: null } });
    const { plans } = await ask<{ plans: readonly { storyEventId: string; title: string }[] }>(page, 'chats.drawer', { chatId });
    await story.#tell('plot.stepPlan', { storyEventId: plans.find(({ title }) => title === 'Supper on the roof')?.storyEventId, step: 'complete' });
    await story.say('"Halina, what lies under the ninth pillar, and who knows of it?"', 2);
    await story.#tell('scenes.close', {});
    await story.skip('an hour');
    await story.say('"I thought of what you said, all this time."');
    const { head, headDepth } = await story.#open();
    await story.branchOff(headDepth - 2, '"Or rather I did not think of it at all."');
    await story.#tell('timeline.move', { to: head, reason: 'branch' });
    await story.meanwhile(2, 'Speak of the lamp.');
    return story;
  }

  /** The story of a chat that is open at this address. */
  static of(page: Page, address: string): Story {
    return new Story(page, new URL(address).pathname.split('/').at(-1) ?? '');
  }

  /** Says something; ends when so many replies have come. */
  async say(text: string, replies = 1): Promise<void> {
    const { head, headDepth } = await this.#open();
    await this.#tell('turns.send', { head, text });
    await this.#stands(headDepth + 1 + replies);
  }

  /** Another reply in place of the last. */
  async again(nudge: string): Promise<void> {
    const { head, headDepth } = await this.#open();
    await this.#tell('turns.regenerate', { head, nudge });
    await this.#stands(headDepth);
  }

  /** Osgar joins them. */
  async invite(): Promise<void> {
    const bots = await ask<readonly { readonly botId: string; readonly name: string }[]>(this.#page, 'bots.list');
    await this.#tell('guests.set', { botId: bots.find(({ name }) => name === OSGAR)?.botId });
  }

  async skip(words: string): Promise<void> {
    const { head, headDepth } = await this.#open();
    await this.#tell('skips.begin', { head, when: { words } });
    await this.#stands(headDepth + 1);
  }

  /** Stands the story at an earlier turn and goes on there otherwise. */
  async branchOff(depth: number, text: string): Promise<void> {
    const { turns } = await ask<{ turns: readonly { turnId: string }[] }>(this.#page, 'transcript.page', { chatId: this.chatId, from: depth, to: depth + 1 });
    await this.#tell('timeline.move', { to: turns[0]?.turnId, reason: 'branch' });
    await this.say(text);
  }

  /** Leaves the two by themselves for so many turns; ends when it is told what went on. */
  async meanwhile(turns: number, nudge: string): Promise<void> {
    await this.#tell('meanwhile.begin', { turns, nudge });
    await expect.poll(async () => (await ask<{ digests: readonly object[] }>(this.#page, 'chats.drawer', { chatId: this.chatId })).digests.length, { timeout: 30_000 }).toBeGreaterThan(0);
  }

  #open(): Promise<Open> {
    return ask<Open>(this.#page, 'chats.open', { chatId: this.chatId });
  }

  #tell(path: string, input: object): Promise<unknown> {
    return tell(this.#page, path, { chatId: this.chatId, ...input });
  }

  async #stands(depth: number): Promise<void> {
    await expect
      .poll(
        async () => {
          const { headDepth, streaming } = await this.#open();
          return headDepth >= depth && streaming === null;
        },
        { timeout: 30_000, intervals: [50] },
      )
      .toBe(true);
  }
}
