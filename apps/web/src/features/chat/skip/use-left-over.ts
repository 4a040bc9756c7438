import type { Row } from '@offstage/domain';
import { useCallback } from 'react';
import { toast } from '#lib/toast.ts';
import { keptDraft } from '../use-draft.ts';

/** Where what is typed about the time in between is kept, until it is taken (LV-5). */
export const notableDraft = (chatId: string): string => `${chatId}.notable`;

/**
 * LV-5: another message has taken the place of a leap in time that was being asked about. The message that asked for it goes back to where
 * one writes, and what was typed about the time in between stays for the next leap; both are said.
 */
export function useLeftOver(giveBack: (words: string) => void): (question: Row<'skipQuestions'>) => void {
  return useCallback(
    ({ chatId, words }) => {
      const typed = keptDraft(notableDraft(chatId)).text.trim() !== '';
      giveBack(words);
      const left = [
        ...(words === '' ? [] : ['The message that asked for it is back below.']),
        ...(typed ? ['What you wrote about the time in between is kept for the next one.'] : []),
      ];
      if (left.length > 0) toast(['The skip was not made.', ...left].join(' '));
    },
    [giveBack],
  );
}
