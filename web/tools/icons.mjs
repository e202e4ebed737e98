// Plugin of vite: icons of Ant Design say their English names ("copy", "left") to screen readers, inside of buttons that have
// names. Here every icon is hidden from them that was not given a name on purpose, and what then would have none, or an
// English one that no locale reaches, gets its words from app:library. The pieces of the libraries that are changed must be
// there as they were, else the build fails.
import { fileURLToPath } from 'node:url';

const words = fileURLToPath(new URL('../src/app/libraryWords.ts', import.meta.url));
const ICON = ['"span", _extends({\n    role: "img",\n    "aria-label": icon.name\n  }, restProps,', '"span", _extends(restProps["aria-label"] === undefined && restProps.role === undefined ? { "aria-hidden": true } : { role: "img" }, restProps,'];
const word = (key, values = '') => `okoWord(${JSON.stringify(key)}${values})`;

const CHANGES = {
  '@ant-design/icons/es/components/AntdIcon.js': [ICON],
  '@ant-design/icons/es/components/AntdIconLight.js': [ICON],
  '@rc-component/input/es/BaseInput.js': [['"button", {\n        type: "button",', `"button", {\n        type: "button",\n        "aria-label": ${word('clear')},`]],
  '@rc-component/input-number/es/StepHandler.js': [["'Increase Value' : 'Decrease Value'", `${word('more')} : ${word('less')}`]],
  'antd/es/table/hooks/useSelection.js': [
    ["customizeSelections ? 'Custom selection' : 'Select all'", word('all')],
    ['`Row ${index + 1} selected` : `Select row ${index + 1}`', `${word('row', ', { row: index + 1 }')} : ${word('row', ', { row: index + 1 }')}`],
  ],
  '@rc-component/select/es/SelectInput/index.js': [['"aria-label": clearLabel', `"aria-label": ${word('clear')}`]],
  'antd/es/table/hooks/useFilter/FilterDropdown.js': [
    ['"span", {\n      role: "button",', `"span", {\n      role: "button",\n      "aria-label": ${word('filter')},`],
    ['checked: filteredKeys.includes(key)', 'checked: filteredKeys.includes(key),\n        "aria-label": filter.text'],
  ],
};

export default function okoIcons() {
  return {
    name: 'oko-icons',
    transform(code, id) {
      const name = Object.keys(CHANGES).find((one) => id.split('?')[0].endsWith(`/node_modules/${one}`));
      if (!name) return undefined;
      let out = code;
      for (const [from, to] of CHANGES[name]) {
        if (!out.includes(from)) this.error(`${name} has changed: tools/icons.mjs no longer finds ${from}`);
        out = out.replace(from, to);
      }
      return { code: out.includes('okoWord(') ? `import { libraryWord as okoWord } from ${JSON.stringify(words)};\n${out}` : out, map: null };
    },
  };
}
