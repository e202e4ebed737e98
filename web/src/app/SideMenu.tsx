import { AimOutlined, BarChartOutlined, CheckSquareOutlined, DownOutlined, FileTextOutlined, FlagOutlined, FormOutlined, MailOutlined, RightOutlined, SettingOutlined, ToolOutlined, UploadOutlined } from '@ant-design/icons';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../api/client';
import { SECTIONS, type Page, type Section } from './area';
import { useKeep } from './context';
import { useMe } from './session';
import { titleKey } from './texts';

const ICONS: Record<Section, ReactNode> = {
  tasks: <CheckSquareOutlined />, roadmap: <FlagOutlined />, indicators: <AimOutlined />, monitoring: <FormOutlined />, analysis: <BarChartOutlined />,
  recommendations: <MailOutlined />, measures: <ToolOutlined />, reports: <FileTextOutlined />, data: <UploadOutlined />, admin: <SettingOutlined />,
};

function TaskCount() {
  const { t } = useTranslation();
  const { data } = $api.useQuery('get', '/tasks', { params: { query: { brief: true } } }, { staleTime: 60_000 });
  if (!data || data.total === 0) return null;
  return <span className="oko-count" title={t('task-count', { count: data.total })}>{data.total}</span>;
}

interface GroupProps { section: Section; name: string; open: boolean; children: ReactNode }

/** A section that opens; the list stays in the page's own order of focus. */
function Group({ section, name, open, children }: GroupProps) {
  const id = useId();
  const [opened, setOpened] = useState(open);
  return (
    <li>
      <button type="button" className="oko-menu-item" aria-expanded={opened} aria-controls={id} onClick={() => setOpened(!opened)}>
        {ICONS[section]}<span>{name}</span>{opened ? <DownOutlined className="oko-menu-arrow" /> : <RightOutlined className="oko-menu-arrow" />}
      </button>
      <ul id={id} hidden={!opened}>{children}</ul>
    </li>
  );
}

/** Sections in the order of the cycle; a section with one page is a link (by the page's own name where it is not the section's
 * first), with more a group that is opened. Plain lists and links: Menu of Ant Design would be a quarter of the first load. */
export function SideMenu({ pages, current }: { pages: Page[]; current: Page | undefined }) {
  const { t } = useTranslation(['app', 'titles']);
  const keep = useKeep();
  const { role } = useMe();
  const here = current?.section ?? 'tasks';
  const inside = (section: Section) => pages.filter((page) => page.section === section && page.menu !== undefined).sort((a, b) => a.menu! - b.menu!);
  // A page without a place in the menu stands under the one whose address it continues, else under the first of its section.
  const near = inside(here).filter((page) => current?.path.startsWith(page.path)).sort((a, b) => b.path.length - a.path.length)[0];
  const shown = (near ?? inside(here).find((page) => page.menu === 0))?.path;
  const link = (page: Page, label: ReactNode) => (
    <Link to={keep(page.path)} className="oko-menu-item" aria-current={page.path === shown ? 'page' : undefined}>{label}</Link>
  );
  return (
    <ul className="oko-menu">
      {SECTIONS.map((section) => {
        const own = inside(section);
        const name = t(`app:section.${section}`);
        if (own.length === 0) return null;
        if (own.length === 1) return <li key={section}>{link(own[0], <>{ICONS[section]}<span>{own[0].menu! <= 1 ? name : t(titleKey(own[0].title))}</span>{section === 'tasks' && <TaskCount />}</>)}</li>;
        return (
          <Group key={`${section}-${section === here}`} section={section} name={name} open={section === here}>
            {own.map((page) => <li key={page.path}>{link(page, <span>{t(titleKey(page.titleFor?.[role] ?? page.title))}</span>)}</li>)}
          </Group>
        );
      })}
    </ul>
  );
}
