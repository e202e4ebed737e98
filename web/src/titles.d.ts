// Made by web/tools/titles.mjs when the interface is built.
declare module 'virtual:oko-titles/*' {
  const titles: Record<string, unknown>;
  export default titles;
}
