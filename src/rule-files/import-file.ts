/** `import()` of a user's module. The build gives it a file of its own: code that V8 kept from an earlier run cannot import (bin/compiled.js). */
export function importFile(url: string): Promise<{ readonly default?: unknown }> {
  return import(url);
}
