import { writeFileSync } from 'node:fs';

/** One measured figure. */
export interface Figure {
  /** Requirement id of SPEC's table of speed and scale. */
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against; left out for a figure that is only recorded. */
  readonly bar?: number;
  /** The bar is a floor rather than a ceiling. */
  readonly atLeast?: true;
  /** The slowest hundredth, where single events were timed. */
  readonly p99?: number;
}

export interface Row extends Figure {
  readonly ok: boolean;
}

/** Judges a figure by its bar; one without a bar is only recorded, and one that could not be taken is not ok. */
export function judge(figure: Figure): Row {
  const { value, bar, atLeast } = figure;
  const holds = bar === undefined || (atLeast ? value >= bar : value <= bar);
  return { ...figure, ok: holds && !Number.isNaN(value) };
}

/** Gathers figures, telling each as it is taken. */
export class Report {
  readonly rows: Row[] = [];

  add(figure: Figure): void {
    const row = judge(figure);
    this.rows.push(row);
    console.log(`  ${row.id.padEnd(6)} ${row.what}: ${shown(row.value)} ${row.unit}${row.ok ? '' : '   <- misses its bar'}`);
  }

  /** Says in one line what is being done or how a figure is taken. */
  note(line: string): void {
    console.log(line);
  }

  /** The whole table, columns aligned. */
  table(): string {
    const head = ['id', 'what', 'value', 'unit', 'p99', 'bar', 'ok'];
    const lines = this.rows.map((row) => [
      row.id,
      row.what,
      shown(row.value),
      row.unit,
      row.p99 === undefined ? '' : shown(row.p99),
      row.bar === undefined ? '' : `${row.atLeast ? '>=' : '<='} ${row.bar}`,
      row.bar === undefined ? '' : row.ok ? 'ok' : 'NO',
    ]);
    const widths = head.map((title, n) => Math.max(title.length, ...lines.map((line) => line[n]?.length ?? 0)));
    const right = new Set([2, 4, 5]);
    const draw = (cells: readonly string[]): string =>
      cells.map((cell, n) => (right.has(n) ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0))).join('  ').trimEnd();
    return [draw(head), draw(widths.map((width) => '-'.repeat(width))), ...lines.map(draw)].join('\n');
  }

  /** Writes the rows as `{ rows: [...] }`. */
  save(path: string): void {
    const rows = this.rows.map(({ atLeast: _atLeast, ...row }) => row);
    writeFileSync(path, `${JSON.stringify({ rows }, null, 2)}\n`);
  }
}

/** A number with as many digits as tell something: 2310, 41.2, 0.317. */
function shown(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
