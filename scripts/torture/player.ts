import { setTimeout as wait } from 'node:timers/promises';
import { pick } from '../../bench/lib/chance.ts';
import type { Client } from '../lib/client.ts';
import type { Ledger } from './ledger.ts';
import { isRefusal } from './ledger.ts';

/** What a player plays with. `client` gives the connection to the server that runs now. */
export interface Playing {
  readonly client: () => Client;
  readonly ledger: Ledger;
  readonly chance: () => number;
}

const LINES = [
  'Good evening. *I shake the rain off my coat.* What became of the ferry?',
  '"I trust you," I say. *I put the lamp on the table.* "Tell me about your brother."',
  'I do not believe a word of it. You lied to me, and you know it.',
  '*We walk down to the quay, and I look at the water for a long while.* It is late.',
  'Enough of this. *We leave and walk to the old mill.*',
  'Thank you. You were kind to me when nobody was.',
];

let tokens = 0;

/** Plays one chat until the signal aborts: mostly new turns, now and then everything else that moves a story. */
export async function playOn(playing: Playing, chatId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await oneThing(playing, chatId);
    } catch (problem) {
      // A refusal is an answer; a connection that is gone ends with the signal.
      if (!isRefusal(problem) && !signal.aborted) await wait(20, undefined, { signal }).catch(() => undefined);
    }
    await wait(Math.floor(playing.chance() * 120), undefined, { signal }).catch(() => undefined);
  }
}

async function oneThing(playing: Playing, chatId: string): Promise<void> {
  const { api } = playing.client();
  const { ledger, chance } = playing;
  const open = await api.chats.open.query({ chatId });
  const { head, turns } = open;
  const turn = pick(turns, chance);
  const token = `token-${tokens++}-${Math.floor(chance() * 1e9).toString(36)}`;
  const now = (): Client['api'] => playing.client().api;
  const known = ledger.answered();
  if (known.length > 0 && chance() < 0.1) await ledger.repeat(pick(known, chance));
  const dice = chance();
  if (open.streaming !== null && dice < 0.75) {
    // Mostly the reply is let go on, so that it is caught at every length.
    if (dice < 0.05) await api.turns.stop.mutate({ chatId });
    else if (dice < 0.12) await ledger.perform('weather', token, (commandId) => now().edits.setWeather.mutate({ commandId, chatId, weather: token }));
    return;
  }
  if (dice < 0.5) {
    const text = `${pick(LINES, chance)} ${token}`;
    await ledger.perform('send', token, (commandId) => now().turns.send.mutate({ commandId, chatId, head, text }));
  } else if (dice < 0.58) {
    await ledger.perform('regenerate', null, (commandId) => now().turns.regenerate.mutate({ commandId, chatId, head }));
  } else if (dice < 0.63) {
    await ledger.perform('continue', null, (commandId) => now().turns.continue.mutate({ commandId, chatId, head }));
  } else if (dice < 0.72) {
    await ledger.perform('rewind', null, (commandId) => now().timeline.move.mutate({ commandId, chatId, to: turn.turnId, reason: 'rewind' }));
  } else if (dice < 0.78) {
    const tree = await api.timeline.tree.query({ chatId });
    const to = pick(tree.turns, chance).turnId;
    await ledger.perform('branch', null, (commandId) => now().timeline.move.mutate({ commandId, chatId, to, reason: 'branch' }));
  } else if (dice < 0.84) {
    await ledger.perform('edit', token, (commandId) => now().turns.edit.mutate({ commandId, turnId: turn.turnId, text: `${turn.text} ${token}` }));
  } else if (dice < 0.88) {
    await ledger.perform('name', token, (commandId) => now().timeline.name.mutate({ commandId, chatId, tipId: turn.turnId, name: token }));
  } else if (dice < 0.92) {
    await ledger.perform('title', token, (commandId) => now().chats.rename.mutate({ commandId, chatId, title: token }));
  } else if (dice < 0.96 && open.bot !== null) {
    const ownerId = open.bot.botId;
    await ledger.perform('memory', token, (commandId) => now().edits.addMemory.mutate({ commandId, chatId, ownerId, text: `A thing that is remembered: ${token}`, significance: 2 }));
  } else {
    await ledger.perform('hide', null, (commandId) => now().turns.hide.mutate({ commandId, turnId: turn.turnId, hidden: chance() < 0.5 }));
  }
}
