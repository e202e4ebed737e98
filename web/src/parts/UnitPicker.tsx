import { Button, Input, Modal, Spin, Tree } from 'antd';
import { useEffect, useMemo, useState, type Key } from 'react';
import { useTranslation } from 'react-i18next';

import { $api, api, type Schemas } from '../api/client';
import { useMe } from '../app/session';
import { useLater } from './later';
import { Loaded } from './Loaded';

type Unit = Schemas['Unit'];
interface Node { key: number; title: string; isLeaf: boolean; children?: Node[] }

const label = (unit: Unit) => `${unit.name}${unit.level === 'school' ? ` · ${unit.code}` : ''}`;
const nodeOf = (unit: Unit): Node => ({ key: unit.id, title: label(unit), isLeaf: unit.level === 'school' || unit.level === 'class' });

function withChildren(nodes: Node[], key: number, children: Node[]): Node[] {
  return nodes.map((node) => (node.key === key ? { ...node, children } : node.children ? { ...node, children: withChildren(node.children, key, children) } : node));
}

function Found({ search, onPick }: { search: string; onPick: (id: number) => void }) {
  const { t } = useTranslation();
  const found = $api.useQuery('get', '/units', { params: { query: { search, limit: 50 } } });
  return (
    <Loaded of={found}>
      {(data) => (
        <>
          <p className="oko-quiet" role="status">{t('app:unit-picker.found', { count: data.total })}</p>
          <Tree.DirectoryTree icon={null} aria-label={t('app:unit-picker.title')} treeData={data.items.map((unit) => ({ ...nodeOf(unit), isLeaf: true }))} onSelect={(keys) => onPick(Number(keys[0]))} />
        </>
      )}
    </Loaded>
  );
}

function Whole({ root, chosen, onPick }: { root: number | null; chosen: number | null; onPick: (id: number) => void }) {
  const { t } = useTranslation();
  const top = $api.useQuery('get', '/units', { params: { query: root === null ? { level: 'region', limit: 50 } : { search: '', limit: 1 } } }, { enabled: root === null });
  const own = $api.useQuery('get', '/units/{id}', { params: { path: { id: root ?? 0 } } }, { enabled: root !== null });
  const [loaded, setLoaded] = useState<Node[] | null>(null);
  const [open, setOpen] = useState<Key[]>([]);
  const start = useMemo(() => (root === null ? top.data?.items.map(nodeOf) : own.data ? [nodeOf(own.data)] : undefined), [root, top.data, own.data]);
  const nodes = loaded ?? start;
  const first = nodes?.[0]?.key;
  useEffect(() => { if (first !== undefined) setOpen([first]); }, [first]);
  if (!nodes) return <Spin />;
  const read = async (key: number) => {
    const { data } = await api.GET('/units', { params: { query: { parent: key, limit: 1000 } } });
    if (data) setLoaded((old) => withChildren(old ?? nodes, key, data.items.map(nodeOf)));
  };
  return (
    <Tree
      blockNode
      aria-label={t('app:unit-picker.title')}
      treeData={nodes}
      height={420}
      expandedKeys={open}
      onExpand={setOpen}
      selectedKeys={chosen === null ? [] : [chosen]}
      loadData={(node) => read(Number(node.key))}
      onSelect={(keys) => { if (keys.length > 0) onPick(Number(keys[0])); else if (chosen !== null) onPick(chosen); }}
    />
  );
}

/** Region → municipality → school: found by words or opened level by level; arrows, Enter and Escape work. */
export default function UnitPicker({ chosen, onPick, onClose }: { chosen: number | null; onPick: (id: number) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const [typed, setTyped] = useState('');
  const search = useLater(typed.trim(), 250);
  return (
    <Modal open title={t('app:unit-picker.title')} onCancel={onClose} footer={<Button onClick={onClose}>{t('app:close')}</Button>}>
      <Input.Search autoFocus allowClear value={typed} aria-label={t('app:unit-picker.search')} placeholder={t('app:unit-picker.search')} onChange={(event) => setTyped(event.target.value)} className="oko-gap" />
      {search ? <Found search={search} onPick={onPick} /> : <Whole root={me.unit} chosen={chosen} onPick={onPick} />}
    </Modal>
  );
}
