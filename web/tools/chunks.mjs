// Which file of the built interface a module goes to. Rollup makes a file of every set of pages that share something: a page
// asked for sixty of them. Here the door (sign-in) is one, what the frame and the home page add another, and what many pages
// share two more, which the browser then has. The rest is left to Rollup.
const DOOR = ['/src/main.tsx', '/src/app/SignIn.tsx'];
const FRAME = ['/src/app/Frame.tsx', '/src/pages/tasks/TasksPage.tsx'];
const MANY = 35, OFTEN = 12; // pages

function closure(start, getModuleInfo) {
  const seen = new Set(), todo = [...start];
  while (todo.length > 0) {
    const id = todo.pop();
    if (seen.has(id)) continue;
    seen.add(id);
    todo.push(...(getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}

function plan(getModuleInfo, getModuleIds) {
  const ids = [...getModuleIds()];
  const of = (names) => closure(ids.filter((id) => names.some((name) => id.endsWith(name))), getModuleInfo);
  const door = of(DOOR), frame = of(FRAME);
  const pages = ids.filter((id) => /\/src\/pages\/[^/]+\/pages\.ts$/.test(id)).flatMap((id) => getModuleInfo(id).dynamicallyImportedIds);
  const users = new Map();
  for (const page of pages) for (const id of closure([page], getModuleInfo)) users.set(id, (users.get(id) ?? 0) + 1);
  return (id) => {
    if (id.endsWith('.css')) return undefined;
    if (door.has(id)) return 'door';
    if (frame.has(id)) return 'frame';
    const n = users.get(id) ?? 0;
    if (n >= MANY || /\/@ant-design\/icons/.test(id)) return 'shared';
    return n >= OFTEN ? 'often' : undefined;
  };
}

/** For build.rollupOptions.output.manualChunks. */
export function okoChunks() {
  let choose;
  return (id, { getModuleInfo, getModuleIds }) => (choose ??= plan(getModuleInfo, getModuleIds))(id);
}
