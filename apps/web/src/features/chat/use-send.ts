import type { Row } from '@offstage/domain';
import { readSlash } from '@offstage/domain/slash';
import { MESSAGE_MAX } from '@offstage/domain/words';
import { useCallback, useEffect, useRef, useState } from 'react';
import { newId } from '../../lib/ids.ts';
import type { Problem } from '../../lib/problem.ts';
import { problemOf } from '../../lib/problem.ts';
import { toast } from '../../lib/toast.ts';
import type { Said } from './api.ts';
import { chatServer } from './api.ts';
import type { Pending } from './model/drafts.ts';
import { givenBack } from './model/drafts.ts';
import type { Connection } from './model/session.ts';
import type { Addressing } from './use-addressee.ts';
import type { DraftKeeper } from './use-draft.ts';

/** A message that nobody has answered is asked again after this long, in ms. */
const ASK_AGAIN = 4_000;

interface SendInput {
  readonly chatId: string;
  readonly head: string | null;
  readonly draft: DraftKeeper;
  readonly connection: Connection;
  /** What is being written now: "Mara is still answering"; null when nothing is. */
  readonly answering: string | null;
  readonly addressing: Pick<Addressing, 'chosen' | 'forget'>;
  /** The question of a leap in time that is open; a message takes its place. */
  readonly question: Row<'skipQuestions'> | null;
  /** A message was taken in place of a leap that was asked about. */
  readonly onInstead: (question: Row<'skipQuestions'>) => void;
}

export interface Sending {
  /** The message on its way, shown as if it stood already. */
  readonly onItsWay: Pending | null;
  /** True while nobody has answered to it: it is asked again by itself. */
  readonly unanswered: boolean;
  /** Why the last message was not taken; the draft holds it again. */
  readonly refusal: Problem | null;
  send(): void;
  /** Sends what was refused because the story had gone on, from where it was written: it stands beside what came since. */
  sendAsBranch(): void;
  forget(): void;
  /** True while the list of commands is shown. */
  readonly helping: boolean;
  helped(): void;
}

/**
 * Sends what is in the draft. What was sent and not acknowledged is asked again with the same id, after a reload too,
 * so it acts once; what is refused comes back into the draft (TL-14).
 */
export function useSend({ chatId, head, draft, connection, answering, addressing, question, onInstead }: SendInput): Sending {
  const { hands } = draft;
  const { chosen, forget: forgetChoice } = addressing;
  const [onItsWay, setOnItsWay] = useState<Pending | null>(draft.pending);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const refusedAt = useRef<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [unanswered, setUnanswered] = useState(false);
  const [helping, setHelping] = useState(false);
  const asking = useRef(new Set<string>());
  const asked = useRef(question);
  useEffect(() => {
    asked.current = question;
  }, [question]);

  const ask = useCallback(
    (pending: Pending, left: () => void = () => {}): void => {
      const { commandId } = pending;
      if (asking.current.has(commandId)) return;
      asking.current.add(commandId);
      const open = asked.current;
      // The story may have answered before this request did, and the next message be on its way already.
      const rest = (): Pending | null => {
        const { pending: now } = hands.now();
        return now?.commandId === commandId ? null : now;
      };
      const taken = ({ said, replyTurnId }: Said): void => {
        hands.put({ text: hands.now().text, pending: rest() });
        setUnanswered(false);
        // A command that made no turn is over.
        if (replyTurnId === pending.head) setOnItsWay(null);
        if (said !== null) toast(said);
        if (open?.turnId === pending.head && (replyTurnId !== pending.head || said === null)) onInstead(open);
      };
      const failed = (error: unknown): void => {
        const problem = problemOf(error);
        const silent = problem.code === 'unreachable';
        setUnanswered(silent);
        // Nobody answered: it stays on its way, and is asked again.
        if (silent) return;
        hands.put({ text: givenBack(pending, hands.now().text), pending: rest() });
        setOnItsWay(null);
        setRefusal(problem);
        refusedAt.current = problem.code === 'stale_head' ? pending.head : null;
      };
      const settled = (): void => {
        asking.current.delete(commandId);
      };
      chatServer.send({ chatId, ...pending }, left).then(taken, failed).finally(settled);
    },
    [chatId, hands, onInstead],
  );

  // What is on its way is asked for when the connection is back, after a reload, and now and then until it is answered.
  useEffect(() => {
    const { pending } = hands.now();
    if (pending === null || connection !== 'live') return undefined;
    ask(pending);
    const timer = setTimeout(() => setAttempt((count) => count + 1), ASK_AGAIN);
    return () => clearTimeout(timer);
  }, [connection, ask, hands, attempt, draft.pending]);

  const send = useCallback(() => {
    const { text: typed, pending: waiting } = hands.now();
    // A space before a stroke says that it is no command.
    const text = typed.trimEnd();
    if (text === '' || text.length > MESSAGE_MAX || head === null || waiting?.head === head) return;
    if (readSlash(text)?.name === 'help') {
      hands.put({ text: '', pending: waiting });
      setHelping(true);
      return;
    }
    if (answering !== null) {
      setRefusal({ code: 'busy', fields: [], message: `${answering}. Wait, or stop it; your words are kept.` });
      return;
    }
    const pending: Pending = { commandId: newId(), head, text, ...(chosen !== null && { to: chosen }) };
    // It is drawn when it is on its way, within the same stroke of the key: drawing takes longer than sending.
    ask(pending, () => {
      forgetChoice();
      setRefusal(null);
      setOnItsWay(pending);
      hands.put({ text: '', pending });
    });
  }, [answering, ask, chosen, forgetChoice, hands, head]);

  const sendAsBranch = useCallback(() => {
    const at = refusedAt.current;
    const text = hands.now().text.trim();
    if (at === null || text === '') return;
    chatServer.branchAt({ commandId: newId(), chatId, to: at }).then(
      () => {
        refusedAt.current = null;
        const pending: Pending = { commandId: newId(), head: at, text: hands.now().text.trimEnd(), ...(chosen !== null && { to: chosen }) };
        forgetChoice();
        setRefusal(null);
        setOnItsWay(pending);
        hands.put({ text: '', pending });
        ask(pending);
      },
      (error: unknown) => setRefusal(problemOf(error)),
    );
  }, [ask, chatId, chosen, forgetChoice, hands]);

  const forget = useCallback(() => setRefusal(null), []);
  const helped = useCallback(() => setHelping(false), []);
  // What the story has and has gone on from is no longer on its way: a rewind to where it was written does not show it again.
  if (onItsWay !== null && onItsWay.head !== head && draft.pending?.commandId !== onItsWay.commandId) setOnItsWay(null);
  // Once the story has moved on from where it was written, the message stands in it, or came back.
  const shown = onItsWay !== null && onItsWay.head === head && readSlash(onItsWay.text) === undefined ? onItsWay : null;
  // Nobody is answering any longer: what was said about that is past.
  const standing = refusal?.code === 'busy' && answering === null ? null : refusal;
  return { onItsWay: shown, unanswered, refusal: standing, send, sendAsBranch, forget, helping, helped };
}
