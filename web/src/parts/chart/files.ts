import { carefulFetch } from '../../api/client';
import { problemOf } from '../../api/problem';
import type { Column, Engine, Twin } from './types';

/** A name that any file system takes. */
function fileName(title: string, extension: string): string {
  const plain = title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 100);
  return `${plain || 'oko'}.${extension}`;
}

/** Hands a file to the browser's downloads. */
export function keepFile(title: string, extension: string, bytes: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = fileName(title, extension);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function svgOf(engine: Engine, ground: string): string {
  const text = engine.renderToSVGString();
  return text.replace(/^(<svg[^>]*>)/, `$1<rect width="100%" height="100%" fill="${ground}"/>`);
}

export function keepSvg(title: string, engine: Engine, ground: string): void {
  keepFile(title, 'svg', new Blob([svgOf(engine, ground)], { type: 'image/svg+xml' }));
}

/** Twice the size of the screen, so that it prints well. */
export async function keepPng(title: string, engine: Engine, ground: string): Promise<void> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svgOf(engine, ground)], { type: 'image/svg+xml' }));
  try {
    await new Promise((done, failed) => { image.onload = done; image.onerror = failed; image.src = address; });
    const canvas = document.createElement('canvas');
    canvas.width = 2 * engine.getWidth();
    canvas.height = 2 * engine.getHeight();
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const bytes = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (bytes) keepFile(title, 'png', bytes);
  } finally {
    URL.revokeObjectURL(address);
  }
}

const percentHead = (column: Column) => (column.kind === 'share' ? `${column.title}, %` : column.title);

/** The server writes workbooks already (one writer, no library for the browser); it keeps nothing of the table. */
export async function keepWorkbook(title: string, twin: Twin): Promise<void> {
  const body = {
    title: title.slice(0, 300),
    columns: twin.columns.map((column) => ({ head: percentHead(column) })),
    rows: twin.rows.map((row) => row.map((cell, k) => (twin.columns[k].kind === 'share' && typeof cell === 'number' ? 100 * cell : cell))),
  };
  const response = await carefulFetch(new Request('/api/v1/tables/xlsx', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  }));
  if (!response.ok) throw await problemOf(response);
  keepFile(title, 'xlsx', await response.blob());
}
