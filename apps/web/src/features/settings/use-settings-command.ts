import { useMutation } from '@tanstack/react-query';
import { newId } from '../../lib/ids.ts';
import type { Problem } from '../../lib/problem.ts';
import { problemOf } from '../../lib/problem.ts';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';

export type Settings = Answers['settings']['get'];
type Bookkeeping = Settings['bookkeeping'];
type Choices = Pick<Settings, 'narrative' | 'classifier' | 'fallbacks' | 'embedding'>;

/** What one control changes. */
type SettingsChange = { readonly choices: Partial<Choices> } | { readonly bookkeeping: Partial<Bookkeeping> };

const CHANGES = ['settings', 'change'];

/** Changes a setting: shown at once, sent one after another, and taken back where the server refuses it. */
export function useSettingsCommand(): { readonly run: (change: SettingsChange) => void; readonly problem: Problem | undefined } {
  const mutation = useMutation({
    mutationKey: CHANGES,
    scope: { id: CHANGES.join() },
    onMutate: async (change: SettingsChange) => {
      // An answer that was asked for before this change would put the old value back.
      await queryClient.cancelQueries({ queryKey: trpc.settings.get.queryKey() });
      queryClient.setQueryData(trpc.settings.get.queryKey(), (before) => before && changed(before, change));
    },
    mutationFn: send,
    onSettled: () => {
      // While another change is on its way, what the server says is older than what is shown.
      if (queryClient.isMutating({ mutationKey: CHANGES }) === 1) return queryClient.invalidateQueries({ queryKey: trpc.settings.pathKey() });
    },
  });
  return { run: mutation.mutate, problem: mutation.error === null ? undefined : problemOf(mutation.error) };
}

async function send(change: SettingsChange): Promise<void> {
  const commandId = newId();
  if ('bookkeeping' in change) {
    await server.settings.keepBooks.mutate({ commandId, bookkeeping: change.bookkeeping });
    return;
  }
  const { fallbacks, ...others } = change.choices;
  await server.settings.choose.mutate({ commandId, ...others, ...(fallbacks !== undefined && { fallbacks: [...fallbacks] }) });
}

function changed(before: Settings, change: SettingsChange): Settings {
  return 'choices' in change ? { ...before, ...change.choices } : { ...before, bookkeeping: { ...before.bookkeeping, ...change.bookkeeping } };
}
