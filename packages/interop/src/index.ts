export { CardError, type CardErrorCode } from './cardError.ts';
export { fillMacros } from './macros.ts';
export { type ImportedCard, readCard } from './readCard.ts';
export type { ImportedLore } from './lorebook.ts';
