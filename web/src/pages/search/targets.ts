import { href, type Schemas } from '../../api/client';
import type { Role } from '../../app/session';
import { pageOf } from '../../parts/flows';

export type Group = Schemas['SearchResult']['groups'][number];
export type Item = Group['items'][number];
const READS_RESULTS: readonly Role[] = ['operator', 'head', 'auditor', 'municipal', 'school'];

function unitPage(item: Item, role: Role): string {
  if (!READS_RESULTS.includes(role)) return `/admin/users?unit=${item.id}`;
  if (item.state === 'school') return `/analysis/schools/${item.id}`;
  return item.state === 'municipality' ? `/analysis/municipalities/${item.id}` : `/analysis?unit=${item.id}`;
}

/** Where a found thing is looked at; a document is downloaded. */
export function targetOf(kind: Group['kind'], item: Item, role: Role): { to?: string; file?: string } {
  switch (kind) {
    case 'unit': return { to: unitPage(item, role) };
    case 'procedure': return { to: `/procedures/${item.code}` };
    case 'import': return { to: `/data/imports/${item.id}` };
    case 'file': return { file: href(`/files/${item.id}/content`) };
    case 'user': return { to: `/admin/users?${new URLSearchParams({ q: item.code })}` };
    default: return { to: pageOf(kind, item.id) ?? `/records/${item.id}` };
  }
}
