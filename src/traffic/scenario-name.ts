/** A number is no name: some tools count the entries in their comments. */
export function isScenarioName(label: string): boolean {
  return /\p{L}/u.test(label);
}
