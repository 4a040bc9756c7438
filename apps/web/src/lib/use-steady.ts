import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * The same function at every drawing, which does what the latest one would: for what is pressed or heard, so that a part
 * of the page which is handed it need not be drawn anew. Not to be called while drawing.
 */
export function useSteady<Input extends readonly unknown[], Output>(act: (...input: Input) => Output): (...input: Input) => Output {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...input: Input) => latest.current(...input), []);
}
