/** What was kept in this browser under a name; undefined where nothing was, or where storage is shut off. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`offstage.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text in this browser, or forgets it. Where storage is shut off or full, nothing is kept. */
export function keep(name: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(`offstage.${name}`);
    else localStorage.setItem(`offstage.${name}`, text);
  } catch {
    // A preference that is not kept is no reason to stop anybody.
  }
}
