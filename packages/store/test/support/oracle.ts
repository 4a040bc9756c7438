import type { Kind, LogEvent, Payload, ProjectionName } from '@offstage/domain';
import { isLive, timelineOf } from '@offstage/domain';
import type { Purged } from '@offstage/domain/purged';

type Rows = Map<string, object>;
type Of<K extends Kind> = LogEvent<K>;

/**
 * What the rows must be, worked out without any projection: each table is asked of the list of events as a question
 * ("the last title", "the sum of what moved"), so that a handler which is wrong cannot be wrong here too.
 */
export function expectedRows(events: readonly LogEvent[]): Map<ProjectionName, Rows> {
  const timeline = timelineOf(events);
  const live = events.filter((event) => isLive(event, timeline));
  const all = new Asked(events);
  const now = new Asked(live);
  return new Map<ProjectionName, Rows>([
    ['personas', personas(all)],
    ['bots', bots(all)],
    ['continuities', byId(all.of('continuity_created'), (e) => [e.payload.continuityId, e.payload])],
    ['lore', lore(all)],
    ['chats', chats(all)],
    ['turns', turns(all)],
    ['branches', branches(all)],
    ['stages', stages(now)],
    ['containers', containers(now)],
    ['activities', activities(now)],
    ['scenes', scenes(now)],
    ['meanwhiles', meanwhiles(now)],
    ['edges', edges(now)],
    ['memories', memories(now)],
    ['pins', pins(now)],
    ['groupNodes', groupNodes(now)],
    ['comings', comings(now)],
    ['digests', digests(now)],
    ['storyEvents', storyEvents(now)],
    ['threads', threads(now)],
    ['inventory', inventory(now)],
    ['skipQuestions', skipQuestions(now)],
    ['owed', owed(now)],
  ]);
}

/** The events that stay when these things are deleted for good (TL-12). */
export function whatIsLeft(events: readonly LogEvent[], { chats, turns, bots, named }: Purged): LogEvent[] {
  const own = (e: LogEvent): boolean => {
    const p = e.payload as { ownerId?: string; source?: string };
    return chats.has(e.chatId ?? '') || turns.has(e.turnId ?? '') || bots.has(p.ownerId ?? '') || (e.kind.startsWith('edge_') && bots.has(p.source ?? ''));
  };
  const born = new Map<string, LogEvent>();
  for (const e of events) if (e.kind === 'memory_written' && !born.has(e.payload.memoryId)) born.set(e.payload.memoryId, e);
  return events.filter((e) => {
    if (own(e)) return false;
    const p = e.payload as { memoryId?: string; botId?: string; to?: string; from?: string; tipId?: string };
    const first = born.get(p.memoryId ?? '');
    if (first !== undefined && own(first)) return false;
    if (e.kind === 'head_moved' || e.kind === 'branch_named') return ![p.to, p.from, p.tipId].some((id) => turns.has(id ?? ''));
    if (e.kind === 'bot_authored' || e.kind === 'bot_removed') return !bots.has(p.botId ?? '');
    if (e.kind === 'bot_reset' || e.kind === 'bot_reset_undone') return !bots.has(p.botId ?? '') || named.has(p.botId ?? '');
    return true;
  });
}

class Asked {
  readonly events: readonly LogEvent[];
  readonly #known = new Map<string, LogEvent[]>();
  constructor(events: readonly LogEvent[]) {
    this.events = events;
  }
  of<K extends Kind>(...kinds: K[]): Of<K>[] {
    const asked = kinds.join(' ');
    let found = this.#known.get(asked);
    if (found === undefined) {
      found = this.events.filter((event) => (kinds as Kind[]).includes(event.kind));
      this.#known.set(asked, found);
    }
    return found as Of<K>[];
  }
}

function byId<E>(events: readonly E[], row: (event: E) => readonly [string, object]): Rows {
  return new Map(events.map(row));
}

const last = <T>(list: readonly T[]): T | undefined => list[list.length - 1];
const after = (seq: number) => (event: { seq: number }) => event.seq > seq;

function personas(log: Asked): Rows {
  return byId(log.of('persona_authored'), (e) => [
    e.payload.personaId,
    {
      personaId: e.payload.personaId,
      ...e.payload.identity,
      removed: log.of('persona_removed').some((r) => r.payload.personaId === e.payload.personaId && r.seq > e.seq),
    },
  ]);
}

function bots(log: Asked): Rows {
  return byId(log.of('bot_authored'), (e) => {
    const { botId } = e.payload;
    const first = log.of('bot_authored').find((b) => b.payload.botId === botId)?.seq ?? 0;
    const undone = log.of('bot_reset_undone').filter((u) => u.payload.botId === botId);
    const resets = log
      .of('bot_reset')
      .filter((r) => r.payload.botId === botId && r.seq > first)
      .filter((r) => !undone.some((u) => u.payload.upTo === r.payload.upTo && u.seq > r.seq))
      .map((r) => r.payload.upTo);
    const removed = log.of('bot_removed').some((r) => r.payload.botId === botId && r.seq > e.seq);
    return [botId, { botId, ...e.payload.identity, authoredAt: e.at, removed, resets }];
  });
}

function lore(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('lore_written')) {
    if (!log.of('lore_removed').some((r) => r.payload.loreId === e.payload.loreId && r.seq > e.seq)) {
      rows.set(e.payload.loreId, e.payload);
    }
  }
  return rows;
}

function headOf(log: Asked, chatId: string): string | null {
  let head: string | null = null;
  for (const e of log.events) {
    if (e.chatId !== chatId) continue;
    if (e.kind === 'head_moved') head = e.payload.to;
    else if (e.kind === 'kickoff_confirmed' || e.kind === 'user_turn' || e.kind === 'assistant_turn_started' || e.kind === 'skip_started' || e.kind === 'dice_rolled') {
      if (e.payload.parentId === head) head = e.turnId;
    }
  }
  return head;
}

function chats(log: Asked): Rows {
  return byId(log.of('chat_created'), (e) => {
    const mine = <K extends Kind>(...kinds: K[]) => log.of(...kinds).filter((x) => x.chatId === e.chatId);
    const touched = mine(
      'chat_created', 'chat_titled', 'chat_tuned', 'chat_persona_chosen', 'chat_model_chosen', 'head_moved',
      'kickoff_confirmed', 'user_turn', 'assistant_turn_started', 'assistant_turn', 'skip_started', 'skip_ended', 'dice_rolled',
    );
    const row = {
      chatId: e.chatId,
      ...e.payload,
      title: last(mine('chat_titled'))?.payload.title ?? e.payload.title,
      personaId: last(mine('chat_persona_chosen'))?.payload.personaId ?? e.payload.personaId,
      model: last(mine('chat_model_chosen'))?.payload.model ?? null,
      tuning: Object.assign({ note: null, sampler: null, passesOff: null }, ...mine('chat_tuned').map((x) => x.payload)) as object,
      head: headOf(log, e.chatId ?? ''),
      movedSeq: last(mine('head_moved'))?.seq ?? 0,
      createdAt: e.at,
      touchedAt: last(touched)?.at,
    };
    return [e.chatId ?? '', row];
  });
}

function turns(log: Asked): Rows {
  return byId(log.of('kickoff_confirmed', 'user_turn', 'assistant_turn_started', 'skip_started', 'dice_rolled'), (e) => {
    const mine = <K extends Kind>(...kinds: K[]) => log.of(...kinds).filter((x) => x.turnId === e.turnId);
    const ended = last(mine('assistant_turn', 'skip_ended'))?.payload;
    const { parentId, depth, speakerId, addresseeId, sceneId, witnesses, clock, text, model } = { text: '', model: '', ...e.payload } as Payload<'user_turn'> & { model: string };
    const kinds = { kickoff_confirmed: 'kickoff', user_turn: 'user', assistant_turn_started: 'assistant', skip_started: 'skip', dice_rolled: 'roll' } as const;
    return [
      e.turnId ?? '',
      {
        turnId: e.turnId,
        chatId: e.chatId,
        parentId, depth, speakerId, addresseeId, sceneId, witnesses, clock,
        kind: kinds[e.kind],
        text: ended?.text ?? text,
        edited: last(mine('turn_edited'))?.payload.text ?? null,
        hidden: last(mine('turn_hidden'))?.payload.hidden ?? false,
        status: (e.kind === 'assistant_turn_started' || e.kind === 'skip_started') && ended === undefined ? 'streaming' : 'whole',
        truncated: ended?.truncated ?? false,
        finishReason: ended?.finishReason ?? null,
        problem: ended?.problem ?? null,
        usage: ended?.usage ?? null,
        model,
        startedAt: e.at,
      },
    ];
  });
}

function skipQuestions(log: Asked): Rows {
  return byId(
    log.of('skip_asked').filter((e) => !log.of('skip_answered').some((x) => x.chatId === e.chatId && x.seq > e.seq)),
    (e) => [e.chatId ?? '', { chatId: e.chatId, turnId: e.turnId, ...e.payload }],
  );
}

function branches(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('branch_named')) {
    const key = `${e.chatId}/${e.payload.tipId}`;
    rows.delete(key);
    if (e.payload.name !== null) rows.set(key, { chatId: e.chatId, ...e.payload });
  }
  return rows;
}

function stages(log: Asked): Rows {
  return byId(log.of('kickoff_confirmed'), (e) => {
    const mine = <K extends Kind>(...kinds: K[]) => log.of(...kinds).filter((x) => x.chatId === e.chatId && x.seq > e.seq);
    const set = last(mine('clock_set').filter((x) => x.payload.clock !== null));
    const base = set?.payload.clock ?? e.payload.clock;
    const minutes = mine('clock_advanced').filter(after(set?.seq ?? 0)).reduce((sum, x) => sum + x.payload.minutes, 0);
    const open = (meanwhile: boolean): string | null => {
      const opened = last(mine('scene_opened').filter((x) => x.payload.meanwhile === meanwhile));
      const closed = mine('scene_closed').some((x) => x.payload.sceneId === opened?.payload.sceneId && x.seq > (opened?.seq ?? 0));
      return opened === undefined || closed ? null : opened.payload.sceneId;
    };
    return [
      e.chatId ?? '',
      {
        chatId: e.chatId,
        clock: base === null ? null : minutes === 0 && set === undefined ? base : stamp(base, minutes, mine('clock_advanced').some(after(set?.seq ?? 0))),
        anchor: last(mine('clock_set').filter((x) => x.payload.anchor !== null))?.payload.anchor || null,
        weather: last(mine('weather_set'))?.payload.weather ?? '',
        guestId: last(mine('guest_set'))?.payload.guestId ?? null,
        sceneId: open(false),
        meanwhileId: open(true),
      },
    ];
  });
}

const stamp = (base: string, minutes: number, moved: boolean): string =>
  moved ? new Date(Date.parse(base) + minutes * 60_000).toISOString() : base;

function containers(log: Asked): Rows {
  return byId(log.of('container_created'), (e) => {
    const changes = log
      .of('container_changed')
      .filter((x) => x.payload.containerId === e.payload.containerId && x.seq > e.seq)
      .map((x) => x.payload.changes);
    return [
      e.payload.containerId,
      Object.assign({ containerId: e.payload.containerId, chatId: e.chatId }, e.payload.place, ...changes) as object,
    ];
  });
}

function activities(log: Asked): Rows {
  const rows: Rows = new Map();
  const blank = { containerId: null, slot: '', posture: '', action: null, attention: '', holding: [], status: {} };
  for (const e of log.of('activity_set')) {
    const key = `${e.chatId}/${e.payload.entityId}`;
    const before = rows.get(key) ?? { chatId: e.chatId, entityId: e.payload.entityId, ...blank };
    rows.set(key, Object.assign({}, before, e.payload.changes));
  }
  return rows;
}

function scenes(log: Asked): Rows {
  return byId(log.of('scene_opened'), (e) => {
    const end = last(log.of('scene_closed').filter((x) => x.payload.sceneId === e.payload.sceneId && x.seq > e.seq));
    const moves = log.of('scene_present_changed').filter((x) => x.payload.sceneId === e.payload.sceneId && x.seq > e.seq).map((x) => x.payload);
    const asides = log.of('assistant_turn_started').filter((x) => x.payload.meanwhile === true && x.payload.sceneId === e.payload.sceneId && x.seq > e.seq);
    return [
      e.payload.sceneId,
      {
        chatId: e.chatId,
        ...e.payload,
        present: last(moves)?.present ?? e.payload.participants,
        presentSet: last(moves)?.presentSet ?? e.payload.presentSet,
        participants: [...new Set([e.payload.participants, ...moves.map((x) => x.present)].flat())],
        endedAt: end?.payload.endedAt ?? null,
        closed: end !== undefined,
        significance: last(log.of('scene_closed', 'scene_settled').filter((x) => x.payload.sceneId === e.payload.sceneId && x.seq > e.seq).flatMap((x) => x.payload.significance ?? [])) ?? 0,
        lastAsideId: last(asides)?.turnId ?? null,
        stretchId: last(asides.filter((x, n) => n === 0 || x.payload.parentId !== asides[n - 1]?.turnId))?.turnId ?? null,
      },
    ];
  });
}

function meanwhiles(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('meanwhile_begun')) {
    const { sceneId, mode, turns, nudge } = e.payload;
    rows.delete(sceneId);
    if (log.of('scene_closed').some((x) => x.payload.sceneId === sceneId && x.seq > e.seq)) continue;
    const steered = log.of('meanwhile_steered').filter((x) => x.payload.sceneId === sceneId && x.seq > e.seq);
    const taken = log.of('assistant_turn_started').filter((x) => x.payload.meanwhile === true && x.payload.sceneId === sceneId && x.seq > e.seq);
    const lastTaken = last(taken);
    const set = <T>(pick: (x: (typeof steered)[number]) => T | undefined, since = 0): { seq: number; value: T } | undefined =>
      last(steered.filter(after(since)).flatMap((x) => { const value = pick(x); return value === undefined ? [] : [{ seq: x.seq, value }]; }));
    const counted = set((x) => x.payload.turns) ?? { seq: e.seq, value: turns };
    const nudged = set((x) => x.payload.nudge, lastTaken?.seq);
    rows.set(sceneId, {
      sceneId,
      chatId: e.chatId,
      mode: set((x) => x.payload.mode)?.value ?? mode,
      left: Math.max(0, counted.value - taken.filter(after(counted.seq)).length),
      running: set((x) => x.payload.running)?.value ?? true,
      nudge: nudged === undefined ? (lastTaken === undefined ? nudge : null) : nudged.value,
      lastId: lastTaken?.payload.speakerId ?? null,
      nextId: set((x) => x.payload.nextId, lastTaken?.seq)?.value ?? null,
      resumedAt: set((x) => (x.payload.running === true ? (x.turnId ?? undefined) : undefined))?.value ?? e.turnId,
      sinceSeq: Math.max(e.seq, last(steered.filter((x) => x.payload.running === true))?.seq ?? 0, lastTaken?.seq ?? 0),
    });
  }
  return rows;
}

function edges(log: Asked): Rows {
  const rows = new Map<string, Record<string, unknown> & { affinity: number; trust: number; knowledge: string[] }>();
  for (const e of log.of('edge_seeded', 'edge_update', 'edge_summarized', 'edge_edited')) {
    const { continuityId, source, target } = e.payload;
    const key = `${continuityId}/${source}/${target}`;
    const known = rows.get(key);
    const row = known ?? { continuityId, source, target, affinity: 50, trust: 50, summary: '', knowledge: [], lastAt: null };
    if (e.kind === 'edge_seeded' && known === undefined) {
      Object.assign(row, e.payload);
    } else if (e.kind === 'edge_update') {
      row.affinity = Math.max(0, Math.min(100, row.affinity + e.payload.affinity));
      row.trust = Math.max(0, Math.min(100, row.trust + e.payload.trust));
      row.knowledge = [...new Set([...row.knowledge, ...e.payload.facts])];
      if (e.payload.at !== null) row['lastAt'] = e.payload.at;
    } else if (e.kind === 'edge_summarized') {
      row['summary'] = e.payload.summary;
    } else if (e.kind === 'edge_edited') {
      Object.assign(row, e.payload.changes);
    }
    rows.set(key, row);
  }
  return rows;
}

function memories(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('memory_written')) {
    const { memoryId, aboutTurnId, gaveWay: _gaveWay, restored, ...rest } = e.payload;
    const later = <K extends 'memory_edited' | 'memory_scored' | 'memory_deleted'>(kind: K) =>
      log.of(kind).filter((x) => x.payload.memoryId === memoryId && x.seq > e.seq);
    const covered = log.of('memory_covered').filter((x) => x.payload.memoryIds.includes(memoryId) && x.seq > e.seq);
    rows.delete(memoryId);
    if (later('memory_deleted').length > 0) continue;
    rows.set(memoryId, {
      memoryId,
      ...rest,
      chatId: restored?.chatId ?? e.chatId,
      turnId: aboutTurnId ?? e.turnId,
      text: last(later('memory_edited'))?.payload.text ?? rest.text,
      significance: last(later('memory_scored'))?.payload.significance ?? rest.significance,
      coveredBy: last(covered)?.payload.sceneMemoryId ?? null,
      bornSeq: restored?.bornSeq ?? e.seq,
    });
  }
  return rows;
}

interface Pin {
  memoryId: string;
  auto: boolean;
  significance: number;
  seq: number;
}

function pins(log: Asked): Rows {
  const held = new Map<string, Pin[]>();
  const holding = new Map<string, Set<string>>();
  for (const e of log.of('memory_written', 'memory_scored', 'memory_held', 'memory_pinned', 'memory_unpinned', 'memory_deleted')) {
    const { memoryId, ownerId, continuityId } = e.payload;
    const key = `${continuityId}/${ownerId}`;
    const there = holding.get(key) ?? new Set();
    holding.set(key, there);
    if (e.kind === 'memory_held') there.add(memoryId);
    if (e.kind === 'memory_held' || ('held' in e.payload && !there.has(memoryId))) continue;
    const list = held.get(key) ?? [];
    const at = list.findIndex((pin) => pin.memoryId === memoryId);
    if (e.kind === 'memory_unpinned' || e.kind === 'memory_deleted') {
      if (at >= 0) list.splice(at, 1);
      there.delete(memoryId);
    } else if (e.kind === 'memory_pinned') {
      if (at >= 0) list.splice(at, 1);
      list.push({ memoryId, auto: false, significance: e.payload.significance, seq: e.seq });
    } else {
      const { significance } = e.payload;
      const pin = list[at];
      if (e.kind === 'memory_written' && significance < 3) continue;
      if (pin?.auto === true && significance < 3) list.splice(at, 1);
      else if (pin !== undefined) pin.significance = significance;
      else if (significance === 3) list.push({ memoryId, auto: true, significance, seq: e.seq });
    }
    if (list.length > 8) {
      const autos = list.filter((pin) => pin.auto);
      autos.sort((a, b) => a.significance - b.significance || a.seq - b.seq);
      const out = autos[0] ?? last(list);
      if (out !== undefined) list.splice(list.indexOf(out), 1);
    }
    held.set(key, list);
  }
  const rows: Rows = new Map();
  for (const [key, there] of holding) {
    const [continuityId, ownerId] = key.split('/');
    const list = held.get(key) ?? [];
    if (list.length > 0 || there.size > 0) rows.set(key, { ownerId, continuityId, pins: list, held: [...there] });
  }
  return rows;
}

function groupNodes(log: Asked): Rows {
  return byId(log.of('group_described'), ({ chatId, payload: { prior: _prior, ...rest } }) => [`${chatId}/${[...rest.knownTo].sort().join('+')}`, { chatId, ...rest }]);
}

function comings(log: Asked): Rows {
  const rows: Rows = new Map();
  const turns = new Set(log.of('guest_set').map((e) => e.turnId ?? ''));
  for (const turnId of turns) {
    const mine = log.of('guest_set').filter((e) => e.turnId === turnId);
    const said = mine.flatMap(({ payload: { guestId, leaving } }) => [...(leaving === null ? [] : [`-${leaving}`]), ...(guestId === null ? [] : [`+${guestId}`])]);
    // What stands beside its opposite goes, until nothing does.
    for (let at = 1; at < said.length; at++) {
      const [a = '', b = ''] = [said[at - 1], said[at]];
      if (a.slice(1) !== b.slice(1) || a === b) continue;
      said.splice(at - 1, 2);
      at = Math.max(0, at - 2);
    }
    const steps = said.map((one) => ({ entityId: one.slice(1), came: one.startsWith('+') }));
    if (steps.length > 0) rows.set(turnId, { chatId: mine[0]?.chatId, turnId, steps });
  }
  return rows;
}

function digests(log: Asked): Rows {
  return byId(log.of('digest_written'), (e) => [
    e.payload.digestId,
    {
      chatId: e.chatId,
      ...e.payload,
      consumed: log.of('digest_consumed').some((x) => x.payload.digestId === e.payload.digestId && x.seq > (log.of('digest_written').find((w) => w.payload.digestId === e.payload.digestId)?.seq ?? 0)),
    },
  ]);
}

function storyEvents(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('story_event_planned')) {
    const { storyEventId } = e.payload;
    const mine = (x: { payload: { storyEventId: string }; seq: number }) => x.payload.storyEventId === storyEventId && x.seq > e.seq;
    rows.delete(storyEventId);
    const backs = log.of('story_event_put_back').filter(mine);
    if (backs.some((x) => x.payload.status === null)) continue;
    const statusAt = (seq: number): string => {
      const back = last(backs.filter((x) => x.seq < seq));
      const moves = log.of('story_event_moved').filter((x) => mine(x) && x.seq < seq && x.seq > (back?.seq ?? 0)).map((x) => x.payload.status);
      const from = back?.payload.status ?? 'planned';
      const terminal = moves.find((status) => status !== 'active');
      return terminal ?? (moves.length > 0 ? 'active' : from);
    };
    const edits = log.of('story_event_edited').filter((x) => mine(x) && statusAt(x.seq) === 'planned').map((x) => x.payload.changes);
    rows.set(storyEventId, Object.assign({ chatId: e.chatId, ...e.payload }, ...edits, { status: statusAt(Infinity) }) as object);
  }
  return rows;
}

function threads(log: Asked): Rows {
  return byId(log.of('thread_opened'), (e) => {
    const mine = (x: { payload: { threadId: string }; seq: number }) => x.payload.threadId === e.payload.threadId && x.seq > e.seq;
    const doors = log.of('thread_closed', 'thread_put_back').filter(mine);
    const openAt = (seq: number): boolean => last(doors.filter((x) => x.seq < seq))?.kind !== 'thread_closed';
    const told = log.of('thread_updated', 'thread_edited').filter((x) => mine(x) && openAt(x.seq));
    const row = { chatId: e.chatId, ...e.payload, open: openAt(Infinity) };
    for (const x of told) {
      if (x.kind === 'thread_edited') Object.assign(row, x.payload.changes);
      else Object.assign(row, { summary: x.payload.summary, sceneId: x.payload.sceneId ?? row.sceneId, knownTo: x.payload.knownTo ?? row.knownTo });
    }
    return [e.payload.threadId, row];
  });
}

function inventory(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('item_acquired')) {
    const { itemId } = e.payload;
    const mine = (x: { payload: { itemId: string }; seq: number }) => x.payload.itemId === itemId && x.seq > e.seq;
    rows.delete(itemId);
    const doors = log.of('item_lost', 'item_put_back').filter(mine);
    if (doors.some((x) => x.kind === 'item_put_back' && !x.payload.there)) continue;
    const row = { chatId: e.chatId, ...e.payload, lost: last(doors)?.kind === 'item_lost' };
    for (const x of log.of('item_lost', 'item_edited').filter(mine)) Object.assign(row, x.kind === 'item_lost' ? { note: x.payload.note } : x.payload.changes);
    rows.set(itemId, row);
  }
  return rows;
}

/** What is owed after each of these, and by what it is paid. */
const PAID = {
  assistant_turn: ['passes', 'passes_settled'],
  skip_ended: ['passes', 'passes_settled'],
  turn_relearned: ['passes', 'passes_settled'],
  scene_closed: ['summaries', 'scene_settled'],
  interjection_decided: ['interjection', 'interjection_settled'],
} as const;

function owed(log: Asked): Rows {
  const rows: Rows = new Map();
  for (const e of log.of('assistant_turn', 'skip_ended', 'scene_closed', 'turn_relearned', 'interjection_decided')) {
    if (e.kind === 'interjection_decided' && !e.payload.speaks) continue;
    const [what, payment] = PAID[e.kind];
    const subjectOf = (x: LogEvent): string | null => ('sceneId' in x.payload ? x.payload.sceneId : x.turnId);
    const subjectId = subjectOf(e);
    const paid = log.of(payment).some((x) => subjectOf(x) === subjectId && x.seq > e.seq);
    rows.delete(`${what}/${subjectId}`);
    const again = e.kind === 'turn_relearned';
    if (!paid) rows.set(`${what}/${subjectId}`, { chatId: e.chatId, turnId: e.turnId, what, subjectId, sinceSeq: again ? e.payload.endedSeq : e.seq, againSeq: again ? e.seq : null });
  }
  return rows;
}
