/** The one known name that another is a misspelling of; undefined where none or several are near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  for (const form of [lettersOf, singularOf]) {
    const wanted = form(name);
    const same = known.filter(other => form(other) === wanted);
    if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  }
  let nearest: string | undefined;
  let least = Infinity;
  for (const other of known) {
    const distance = editsBetween(name.toLowerCase(), other.toLowerCase());
    if (distance > mostEdits(name, other) || distance > least) continue;
    nearest = distance === least ? undefined : other;
    least = distance;
  }
  return nearest;
}

function lettersOf(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

function singularOf(name: string): string {
  return lettersOf(name).replace(/s$/, '');
}

/** Short names, such as `tcp` and `mcp`, are near each other by chance. */
function mostEdits(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest <= 3 ? 0 : longest <= 5 ? 1 : 2;
}

/** Letters to add, remove, replace, or swap with the next one. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const differ = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + differ);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, rows[i - 2][j - 2] + 1);
      row.push(edits);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
