import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { problemOf } from '#lib/problem.ts';
import { server } from '#lib/trpc.ts';
import { jumpTo } from '../model/jump.ts';
import type { Scenery } from '../model/scenery.ts';
import { sceneryOf } from '../model/scenery.ts';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';

/** A slider that is drawn past many turns asks about the one that it rests at, this long after, in ms. */
const RESTS = 120;

/** Looking back: how things stood at a turn of the active path, without going there (TL-11). */
export interface Scrub {
  /** The turn that is looked at; null while one is in the present. */
  readonly depth: number | null;
  /** What stood on the stage then; null until it is known. */
  readonly scenery: Scenery | null;
  /** Its id, once that is known. */
  readonly turnId: string | null;
  readonly problem: string | null;
  /** Looks back to a turn, or goes on looking from another. */
  look(depth: number): void;
  /** Back to the present. */
  leave(): void;
}

/** Keeps what is looked at, and asks how things stood. */
export function useScrub(session: ChatSession, { open, transcript }: ChatState): Scrub {
  const { chatId, continuityId } = open.chat;
  const [wanted, setWanted] = useState<number | null>(null);
  const [rested, setRested] = useState<number | null>(null);
  const client = useQueryClient();
  // A story that has been rewound has no such turn any longer.
  const depth = wanted === null || wanted > transcript.headDepth ? null : wanted;
  useEffect(() => {
    const timer = setTimeout(() => setRested(depth), RESTS);
    return () => clearTimeout(timer);
  }, [depth]);

  const asked = depth === null ? null : rested;
  const known = asked === null ? undefined : transcript.turns.get(asked)?.turnId;
  const then = useQuery({
    queryKey: ['scrub', chatId, asked, known ?? null],
    enabled: asked !== null,
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) => {
      const turnId = known ?? (await server.transcript.page.query({ chatId, from: asked ?? 0, to: (asked ?? 0) + 1 }, { signal })).turns[0]?.turnId;
      if (turnId === undefined) throw new Error('That turn is no longer on the way here.');
      return { turnId, scenery: sceneryOf(chatId, continuityId, await server.timeline.at.query({ chatId, turnId }, { signal })) };
    },
  });
  const looking = depth !== null;
  useEffect(() => {
    if (!looking) return undefined;
    return session.onCommit(() => {
      void client.invalidateQueries({ queryKey: ['scrub', chatId] });
    });
  }, [looking, session, client, chatId]);

  const look = useCallback((to: number) => {
    setWanted(to);
    jumpTo(to);
  }, []);
  const leave = useCallback(() => setWanted(null), []);
  return useMemo(
    () => ({
      depth,
      scenery: depth === null ? null : (then.data?.scenery ?? null),
      turnId: depth === null ? null : (known ?? then.data?.turnId ?? null),
      problem: depth === null || then.error === null ? null : problemOf(then.error).message,
      look,
      leave,
    }),
    [depth, then.data, then.error, known, look, leave],
  );
}
