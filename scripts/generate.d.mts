/** The types of a contract file, as TypeScript. */
export function makeContractTypes(schemaText: string): Promise<string>;
/** A page with the tables of all keys put between its markers. */
export function fillKeyTables(page: string, schemaText: string): string;
/** A page with the table of each family's rules put between its markers. */
export function fillRuleTables(
  page: string,
  rules: readonly {
    readonly id: string;
    readonly summary: string;
    readonly severity: string;
    readonly needs: string;
    readonly subject?: string;
  }[],
  readRulePage: (id: string) => string,
): string;
/** A page with the table of each family's probes put between its markers, in the order of a run. */
export function fillProbeTables(
  page: string,
  probes: readonly { readonly id: string; readonly summary: string; readonly needs: string }[],
): string;
