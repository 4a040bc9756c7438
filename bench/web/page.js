// Runs in the page, before its own scripts: measures what is painted, from the moment of a key or a click.
(() => {
  const letters = (text) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

  const PATIENCE_MS = 15_000;

  /** Where the page stands, for whoever has to find out why something was not painted. */
  const standing = () => {
    const log = document.querySelector('[role=log]');
    const last = [...document.querySelectorAll('[role=log] article')].at(-1);
    if (log === null || last === undefined) return `${location.pathname} says “${document.body.innerText.slice(0, 200)}”`;
    const { top, bottom } = last.getBoundingClientRect();
    return `last turn from ${top} to ${bottom} of ${innerHeight}, scrolled ${log.scrollTop + log.clientHeight} of ${log.scrollHeight}, ends “${last.textContent.slice(-60)}”`;
  };

  /** Resolves in the frame after the one that paints what `holds` looks for. Rejects when that does not come. */
  const painted = (holds) =>
    new Promise((resolve, reject) => {
      const since = performance.now();
      const look = () => {
        if (performance.now() - since > PATIENCE_MS) reject(new Error(`What was waited for was not painted: ${standing()}`));
        else requestAnimationFrame(holds() ? () => resolve(performance.now()) : look);
      };
      requestAnimationFrame(look);
    });

  /** True when the last turn of the story holds these letters, and its end stands in the window. */
  const lastTurnHolds = (wanted) => {
    const last = [...document.querySelectorAll('[role=log] article')].at(-1);
    if (last === undefined || !letters(last.textContent).includes(wanted)) return false;
    const { bottom } = last.getBoundingClientRect();
    return bottom > 0 && bottom <= innerHeight;
  };

  const longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask' });

  globalThis.bench = {
    /** Milliseconds from the next event of a type until the last turn holds these words, painted. */
    arm(type, words) {
      const wanted = letters(words);
      this.armFor(type, () => lastTurnHolds(wanted));
    },
    /** Milliseconds from the next event of a type until a line of the map of the story is painted. */
    armMap(type) {
      this.armFor(type, () => document.querySelector('.chat-map-line') !== null);
    },
    armFor(type, holds) {
      this.result = new Promise((resolve) => {
        addEventListener(type, ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
      }).then(async (begun) => (await painted(holds)) - begun);
    },
    /** Resolves in the frame after the next one: what was asked for before has been painted. */
    frame: () => painted(() => true),
    /** Milliseconds from the navigation until the last turn holds these words, painted. */
    loaded: (words) => painted(() => lastTurnHolds(letters(words))),
    /** The longest task that began at or after a moment, in ms; 0 where none took over 50. */
    longestSince: (moment) => Math.max(0, ...longTasks.filter((task) => task.startTime >= moment).map((task) => task.duration)),
  };
})();
