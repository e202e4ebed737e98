import { AimOutlined, BarChartOutlined, CheckSquareOutlined, FileTextOutlined, FlagOutlined, FormOutlined, MailOutlined, SettingOutlined, ToolOutlined, UploadOutlined } from '@ant-design/icons';
import { Menu, type MenuProps } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { $api } from '../api/client';
import { SECTIONS, type Page, type Section } from './area';
import { useKeep } from './context';

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

/** Sections in the order of the cycle; a section with one page is a link, with more a group that is opened. */
export function SideMenu({ pages, current }: { pages: Page[]; current: Page | undefined }) {
  const namespaces = useMemo(() => ['app', ...new Set(pages.map((page) => page.title.split(':')[0]))], [pages]);
  const { t } = useTranslation(namespaces);
  const keep = useKeep();
  const items = useMemo<MenuProps['items']>(() => {
    const link = (page: Page, label: ReactNode) => <Link to={keep(page.path)}>{label}</Link>;
    return SECTIONS.flatMap((section): NonNullable<MenuProps['items']> => {
      const inside = pages.filter((page) => page.section === section && page.menu !== undefined).sort((a, b) => a.menu! - b.menu!);
      if (inside.length === 0) return [];
      const name = t(`app:section.${section}`);
      const icon = ICONS[section];
      if (inside.length === 1) return [{ key: inside[0].path, icon, label: link(inside[0], section === 'tasks' ? <>{name} <TaskCount /></> : name) }];
      return [{ key: `section-${section}`, icon, label: name, children: inside.map((page) => ({ key: page.path, label: link(page, t(page.title)) })) }];
    });
  }, [pages, t, keep]);
  const section = current?.section ?? 'tasks';
  // A page without a place in the menu stands under the one whose address it continues, else under the first of its section.
  const near = pages.filter((page) => page.section === section && page.menu !== undefined && current?.path.startsWith(page.path)).sort((a, b) => b.path.length - a.path.length)[0];
  const selected = near ? [near.path] : pages.filter((page) => page.section === section && page.menu === 0).map((page) => page.path);
  return <Menu key={section} mode="inline" items={items} selectedKeys={selected} defaultOpenKeys={[`section-${section}`]} className="oko-menu" />;
}
