/** How this machine names the key for commands together with another: "Ctrl K", on Apple's "\u2318K". */
export function commandKey(key: string): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? `\u2318${key}` : `Ctrl ${key}`;
}
