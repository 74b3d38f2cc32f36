/** The module of the HTML report's script and style (src/reporters/html/assets.ts). */
export function makePageAssets(): Promise<string>;
