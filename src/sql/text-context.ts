const WIDTH = 100;

/**
 * The line of a fault with its neighbours, numbered, and a caret under the place: what an engineer sees in a block of
 * code. `note` stands beside the caret. Long lines are cut around the place.
 */
export function textContext(text: string, line: number, column: number, note = ''): string {
  const lines = text.split('\n').map((one) => one.replace(/\r$/, '').replaceAll('\t', ' '));
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const gutter = Math.max(3, String(last).length + 2);
  const start = column > WIDTH - 20 ? column - 40 : 0;
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const cut = [...lines[number - 1]!].slice(start, start + WIDTH).join('');
    rows.push(`${String(number).padStart(gutter)} | ${cut}`.trimEnd());
    if (number === line) rows.push(`${' '.repeat(gutter)} | ${' '.repeat(Math.max(0, column - 1 - start))}^ ${note}`.trimEnd());
  }
  return rows.join('\n');
}
