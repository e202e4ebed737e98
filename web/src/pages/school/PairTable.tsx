import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '../../api/client';
import { DataTable } from '../../parts/DataTable';
import { useFormat } from '../../parts/format';
import { Answers } from './Answers';

type List = Schemas['PairList'];
type Pair = Schemas['Pair'];

/** "10⁻¹²" of a natural logarithm far below zero; near ones as a number. */
function useLogP(): (log: number | null) => string {
  const format = useFormat();
  return (log) => (log === null ? '—' : log < Math.log(1e-4) ? `10${String(Math.round(log / Math.LN10)).replace(/[-\d]/g, (c) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)])}` : format.p(Math.exp(log)));
}

/** The most similar pairs, least likely first; the answers of one beside each other on demand. */
export function PairTable({ data }: { data: List }) {
  const { t } = useTranslation('school');
  const format = useFormat();
  const told = useLogP();
  const [open, setOpen] = useState<Pair | null>(null);
  const name = (pair: Pair) => pair.codes.join(' — ');
  return (
    <section className="oko-card" aria-labelledby="oko-pairs">
      <h2 id="oko-pairs">{t('pairs.list')}</h2>
      <p className="oko-quiet">{t('pairs.list-what', { shown: data.items.length, all: format.number(data.pairs, 0) })}</p>
      <DataTable<Pair>
        name={t('pairs.list')}
        rowKey={name}
        size="small"
        dataSource={data.items}
        columns={[
          { title: t('pairs.codes'), key: 'codes', render: (_, pair) => <Button type="link" className="oko-inline" onClick={() => setOpen(pair)}>{name(pair)}</Button> },
          { title: t('pairs.same'), key: 'same', align: 'right', render: (_, pair) => t('pairs.same-of', { same: pair.same, all: data.answers }) },
          { title: t('pairs.expected'), key: 'expected', align: 'right', render: (_, pair) => format.number(pair.expected, 1) },
          { title: t('pairs.p'), key: 'p', align: 'right', render: (_, pair) => told(pair.log_p) },
        ]}
      />
      <Modal open={open !== null} onCancel={() => setOpen(null)} footer={null} width={900} title={open ? t('pairs.pair', { codes: name(open) }) : ''}>
        {open && <Answers labels={data.labels} works={data.rows.filter((row) => open.codes.includes(row.code))} name={name(open)} />}
      </Modal>
    </section>
  );
}
