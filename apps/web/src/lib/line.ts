/** The close code that says that the page gave the connection up (4000 and above are an application's own). */
const GIVEN_UP = 4000;

/**
 * A WebSocket that can be given up at once. Of a connection that died while the machine slept a browser says nothing, and
 * closing it waits up to a minute for a goodbye that cannot come.
 */
export class Line extends WebSocket {
  #end: CloseEvent | undefined;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    // First of all listeners: once given up, whatever still comes is nobody's business.
    for (const kind of ['message', 'error', 'close']) {
      this.addEventListener(kind, (event) => {
        if (this.#end !== undefined && event !== this.#end) event.stopImmediatePropagation();
      });
    }
  }

  /** Asks the other side for a sign of life, and gives up where none comes within `ms`. */
  prove(ms: number): void {
    if (this.readyState !== WebSocket.OPEN || this.#end !== undefined) return;
    const alive = new AbortController();
    const timer = setTimeout(() => {
      alive.abort();
      this.#giveUp();
    }, ms);
    const rest = (): void => {
      clearTimeout(timer);
      alive.abort();
    };
    this.addEventListener('message', rest, { signal: alive.signal });
    this.addEventListener('close', rest, { signal: alive.signal });
    this.send('PING');
  }

  #giveUp(): void {
    this.#end = new CloseEvent('close', { code: GIVEN_UP, reason: 'The connection no longer answers.' });
    this.close(GIVEN_UP);
    this.dispatchEvent(this.#end);
  }
}
