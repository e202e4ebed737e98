/** A table as the office's spreadsheet opens it by a double click: UTF-8 with its mark, semicolons. */
export function csv(rows: string[][]): string {
  const cell = (text: string) => {
    const safe = /^[=+@-]/.test(text) ? `'${text}` : text; // no formula comes out of a name
    return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser's downloads. */
export function saveText(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
