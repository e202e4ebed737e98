import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import { plainWords, read } from './cells';
import { useFields, type Field, type Words } from './data';

interface Landing { field: Field | undefined; text: string; bad: boolean }

/** Where the cells go: a row across or a column down from the field; of two columns the first names the field. */
function landings(cells: string[][], from: number, fields: Field[], words: (field: Field) => Words): Landing[] {
  const rows = cells.length > 1;
  const named = rows && cells.every((row) => row.length >= 2);
  const texts = rows ? cells.map((row) => (named ? row[row.length - 1] : row[0])) : cells[0];
  return texts.map((text, i) => {
    const label = named ? plainWords(cells[i][0]) : '';
    const field = named ? fields.find((one) => plainWords(words(one).title) === label || one.code === label) : fields[from + i];
    return { field, text: text.trim(), bad: field === undefined || read(field, text) === undefined };
  });
}

/** A block of a spreadsheet before it goes into the fields: what goes where, and what can't be read. */
export function PasteIntoForm({ cells, from, fields, onTake, onClose }: { cells: string[][]; from: number; fields: Field[]; onTake: (texts: Record<string, string>) => void; onClose: () => void }) {
  const { t } = useTranslation(['monitoring', 'app']);
  const { words } = useFields();
  const all = landings(cells, from, fields, words);
  const bad = all.some((one) => one.bad);
  const take = () => onTake(Object.fromEntries(all.filter((one) => one.field).map((one) => {
    const value = read(one.field!, one.text);
    return [one.field!.code, value === true ? 'yes' : value === false ? 'no' : value === null || value === undefined ? '' : String(value)];
  })));
  return (
    <Modal open title={t('paste.title')} okText={t('paste.take')} cancelText={t('app:cancel')} okButtonProps={{ disabled: bad }} onOk={take} onCancel={onClose}>
      <p>{bad ? t('paste.bad') : t('paste.good', { count: all.length })}</p>
      <div className="oko-scroll">
        <table className="oko-paste">
          <thead><tr><th scope="col">{t('column.field')}</th><th scope="col">{t('column.value')}</th></tr></thead>
          <tbody>
            {all.map((one, i) => (
              <tr key={i}>
                <td data-bad={!one.field}>{one.field ? words(one.field).title : t('paste.nowhere', { label: cells.length > 1 ? cells[i][0] : '' })}</td>
                <td data-bad={one.bad}>{one.text || t('answer.empty')}{one.field && one.bad && <small>{t(`unread.${one.field.type}`)}</small>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
