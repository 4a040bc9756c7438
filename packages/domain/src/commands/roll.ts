import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { Standing } from './send.ts';
import { ownTurn, playable } from './send.ts';

/** Dice to be rolled: so many of so many sides, and what is added. */
export interface DiceWanted {
  readonly count: number;
  readonly sides: number;
  readonly plus: number;
  /** What it is for, in words; empty for nothing. */
  readonly why: string;
}

const COUNT_MOST = 100;
const SIDES_MOST = 1_000;
const PLUS_MOST = 10_000;
const WHY_MOST = 200;

/** Reads "2d6+3 to climb". Throws DomainError `invalid` for what is no roll, and for more dice than a hand holds. */
export function readDice(words: string): DiceWanted {
  const found = /^(\d{0,4})\s*d\s*(\d{1,6}|%)(?:\s*([+-])\s*(\d{1,6}))?(?:\s+([\s\S]+))?$/i.exec(words.trim());
  if (found === null) throw new DomainError('invalid', 'A roll is written like 2d6+3 or d20, with what it is for behind it.', ['text']);
  const count = found[1] === '' ? 1 : Number(found[1]);
  const sides = found[2] === '%' ? 100 : Number(found[2]);
  const plus = Number(found[4] ?? 0) * (found[3] === '-' ? -1 : 1);
  if (count < 1 || count > COUNT_MOST || sides < 2 || sides > SIDES_MOST || Math.abs(plus) > PLUS_MOST) {
    throw new DomainError('invalid', `Up to ${COUNT_MOST} dice of 2 to ${SIDES_MOST.toLocaleString('en')} sides can be rolled, and up to ${PLUS_MOST.toLocaleString('en')} added.`, ['text']);
  }
  return { count, sides, plus, why: (found[5] ?? '').trim().slice(0, WHY_MOST).toWellFormed() };
}

/** A roll that has fallen: a turn of the person's that all present see. Nobody answers it. Throws as `playable`. */
export function rollDice(state: Standing, input: { head: string; wanted: DiceWanted; dice: readonly number[]; turnId: string }): NewEvent[] {
  const at = playable(state, input.head);
  const { sides, plus } = input.wanted;
  return [
    inTurn(at.chat.chatId, input.turnId, 'dice_rolled', {
      ...ownTurn(at),
      dice: [...input.dice],
      sides,
      plus,
      text: rolled(input.wanted, input.dice),
    }),
  ];
}

/** "*rolls 2d6+3 to climb: 4 + 2 + 3 = 9*" */
function rolled({ count, sides, plus, why }: DiceWanted, dice: readonly number[]): string {
  const added = plus === 0 ? '' : `${plus < 0 ? '-' : '+'}${Math.abs(plus)}`;
  const sum = dice.reduce((total, one) => total + one, plus);
  const shown = dice.length > 1 || plus !== 0 ? `${dice.join(' + ')}${plus === 0 ? '' : plus < 0 ? ` - ${-plus}` : ` + ${plus}`} = ` : '';
  const what = why === '' ? '' : ` ${why.replaceAll(/[*\s]+/g, ' ')}`;
  return `*rolls ${count === 1 ? '' : count}d${sides}${added}${what}: ${shown}${sum}*`;
}
