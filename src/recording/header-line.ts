/** One header line. */
export type HeaderLine = readonly [name: string, value: string];
