declare module 'png-chunk-text' {
  /** A `tEXt` chunk; the text must be Latin 1. */
  export function encode(keyword: string, text: string): { name: string; data: Uint8Array };
}

/** The browser's own, for functions that run in a page. */
declare class DataTransfer {
  readonly items: { add(file: File): void };
}
