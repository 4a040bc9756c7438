import { afterEach, expect, test, vi } from 'vitest';
import { copyText } from '../../src/lib/clipboard.ts';

afterEach(() => vi.unstubAllGlobals());

test('OP-6 what is copied gets to the clipboard over plain HTTP too, and it is said where it does not', async () => {
  vi.stubGlobal('navigator', {});
  let held = '';
  let allowed = true;
  const page = new EventTarget();
  const execCommand = (): boolean => {
    const event = Object.assign(new Event('copy'), { clipboardData: { setData: (_type: string, text: string) => void (held = text) } });
    if (allowed) page.dispatchEvent(event);
    return allowed;
  };
  vi.stubGlobal('document', { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page), execCommand });
  await copyText('All is well.');
  expect(held).toBe('All is well.');
  allowed = false;
  await expect(copyText('Once more')).rejects.toThrow('did not allow');
  allowed = true;
  page.dispatchEvent(new Event('copy'));
  expect(held).toBe('All is well.');
});
