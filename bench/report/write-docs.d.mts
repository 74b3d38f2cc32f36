/** What the guide's page and picture must be. */
export function renderDocs(results: unknown, page: string): { page: string; picture: string };
