// A comment may hold other macros, one level deep. Its length is bounded, and no two branches can start alike, so
// that the match stays linear whatever the text.
const MACRO =
  /\{\{\s*(char|user)\s*\}\}|<(bot|user)>|\{\{\/\/(?:[^{}]|\{(?!\{)|\}(?!\})|\{\{[^{}]{0,200}\}\}){0,20000}\}\}/gi;

/**
 * Puts names in place of the macros of a character card: `{{char}}` and `<BOT>`, `{{user}}` and `<USER>`, in any case.
 * Comments (`{{// ... }}`) go; macros that are not known stay as they are. Names are put in as they are, never filled again.
 */
export function fillMacros(text: string, names: { char: string; user: string }): string {
  return text.replace(MACRO, (_whole, braced?: string, angled?: string) => {
    const macro = (braced ?? angled)?.toLowerCase();
    if (macro === undefined) return '';
    return macro === 'user' ? names.user : names.char;
  });
}
