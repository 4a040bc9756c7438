import { expect, test } from 'vitest';
import { dismiss, onToasts, toast, toasts } from '../../src/lib/toast.ts';

test('TL-5 what can be undone stays 30 s, and no more than three stand at once', () => {
  let heard = 0;
  const stop = onToasts(() => heard++);
  toast('One');
  toast('Two', { label: 'Undo', run: () => undefined });
  toast('Three');
  toast('Four');
  expect(toasts().map(({ message, stays }) => [message, stays])).toEqual([['Two', 30_000], ['Three', 5_000], ['Four', 5_000]]);
  for (const { id } of toasts()) dismiss(id);
  expect(toasts()).toEqual([]);
  stop();
  expect(heard).toBe(7);
});
