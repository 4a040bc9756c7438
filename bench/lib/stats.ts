/** The value below which `share` (0..1) of the numbers lie, by nearest rank. NaN for none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

export const p99 = (numbers: readonly number[]): number => quantile(numbers, 0.99);
