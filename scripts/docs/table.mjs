/** A table in Markdown; prettier lines it up. */
export const table = (columns, rows) =>
  [columns, columns.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');

/** Empty where there is nothing. */
export const code = text => (text ? `\`${text}\`` : '');
