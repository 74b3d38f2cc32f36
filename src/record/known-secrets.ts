import { Disguise } from "../recording/disguise.ts";
import type { SecretForm } from "../recording/secret-forms.ts";

/** Secrets that are looked for in every exchange; of more the ones used last. Each costs memory and time in all its forms. */
const most = 200;
/** Fresh ones are searched for one by one, until so many are put together. */
const mostFresh = 16;

/** Secrets that were seen so far, to be found wherever they stand. */
export class KnownSecrets {
  /** How many were learnt in all. */
  learned = 0;
  private readonly forms = new Map<string, readonly SecretForm[]>();
  private settled = new Disguise([]);
  private fresh: Disguise[] = [];

  /** Notes a secret; `formsOf` is asked once for each. */
  learn(secret: string, formsOf: () => readonly SecretForm[]): void {
    const known = this.forms.get(secret);
    if (known !== undefined) {
      this.forms.delete(secret);
      this.forms.set(secret, known);
      return;
    }
    const forms = formsOf();
    this.forms.set(secret, forms);
    this.learned++;
    this.fresh.push(new Disguise(forms));
    const [oldest] = this.forms.keys();
    if (this.forms.size > most && oldest !== undefined) this.forms.delete(oldest);
    if (this.fresh.length < mostFresh) return;
    this.settled = new Disguise([...this.forms.values()].flat());
    this.fresh = [];
  }

  disguises(): readonly Disguise[] {
    return [this.settled, ...this.fresh];
  }
}
