/** The module that holds the scanner in WebAssembly. */
export function makeScannerBinary(): Promise<string>;
