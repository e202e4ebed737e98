import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { dropDraft, leftDrafts } from '../../app/drafts';
import { useMe } from '../../app/session';
import { useFormat } from '../../parts/format';

/** The title of a window without the name of the program. */
const nameOf = (title: string) => title.replace(/ — [^—]*$/, '');

/** What this person typed in this browser and did not save: where it stands, and a way to throw it away. */
export function LeftDrafts() {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { id } = useMe();
  const [left, setLeft] = useState(() => leftDrafts(id));
  if (left.length === 0) return null;
  const drop = (key: string) => { dropDraft(key); setLeft(leftDrafts(id)); };
  return (
    <section aria-labelledby="left" className="oko-panel">
      <h2 id="left">{t('left.title')}</h2>
      <p className="oko-quiet">{t('left.what')}</p>
      <ul className="oko-links">
        {left.map((one) => (
          <li key={one.key}>
            <Link to={one.path}>{nameOf(one.title)}</Link> <span className="oko-quiet">{format.time(one.at)}</span>
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('left.drop', { title: nameOf(one.title) })} onClick={() => drop(one.key)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
