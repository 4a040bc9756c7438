const CLOCK = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** Story time as a person says it: "Tuesday, 5 October 1889 at 06:40". `clock` is ISO 8601 UTC. */
export function timeInWords(clock: string): string {
  return CLOCK.format(new Date(clock));
}
