import { createHmac, randomBytes } from "node:crypto";

/** Values whose tokens are remembered; one that was forgotten gets a new one. */
const most = 100_000;

/** Gives equal values equal tokens. It keeps hashes alone. */
export class TokenBook {
  private readonly key = randomBytes(32);
  private readonly tokens = new Map<string, string>();
  private count = 0;
  private readonly write: (index: number) => string;

  /** @param write The token of the value that came so many others after. */
  constructor(write: (index: number) => string) {
    this.write = write;
  }

  tokenOf(value: string): string {
    const hash = createHmac("sha256", this.key).update(value).digest("base64");
    const token = this.tokens.get(hash) ?? this.write(this.count++);
    this.tokens.delete(hash);
    this.tokens.set(hash, token);
    const [oldest] = this.tokens.keys();
    if (this.tokens.size > most && oldest !== undefined) this.tokens.delete(oldest);
    return token;
  }
}

/** a, b … z, aa, ab … */
export function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
