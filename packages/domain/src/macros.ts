/** The names that a character card's macros stand for (IO-1). */
export interface MacroNames {
  readonly char: string;
  readonly user: string;
}

const MACRO = /\{\{\s*(char|bot|user)\s*\}\}|<(BOT|USER)>/gi;

/** Fills in `{{char}}` and `{{user}}`, in any case, and their old forms `<BOT>` and `<USER>`. Other braces stay. */
export function fillMacros(text: string, names: MacroNames): string {
  return text.replace(MACRO, (_whole, braced: string | undefined, angled: string | undefined) =>
    (braced ?? angled ?? '').toLowerCase() === 'user' ? names.user : names.char,
  );
}
