import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { changeLanguage, type Language } from './texts';

/** The other languages, each by its own name. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const others = (['ru', 'en'] as Language[]).filter((language) => language !== i18n.language);
  return others.map((language) => <Button key={language} type="link" lang={language} onClick={() => void changeLanguage(language)}>{t(`languages.${language}`)}</Button>);
}
