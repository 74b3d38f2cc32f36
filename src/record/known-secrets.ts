import { Disguise } from "../recording/disguise.ts";
import type { SecretForm } from "../recording/secret-forms.ts";

/** Secrets that are looked for in every exchange at least; of more the ones used last. Each costs memory and time in all its forms. */
const most = 200;

/** Secrets that were seen so far, to be found wherever they stand: those used lately, and those of the time before. */
export class KnownSecrets {
  /** How many were learnt in all. */
  learned = 0;
  private readonly patience: number;
  private older: Generation;
  private newer: Generation;

  /** `patience`: as a `Disguise` has it. */
  constructor(patience = Number.POSITIVE_INFINITY) {
    this.patience = patience;
    this.older = new Generation(patience);
    this.newer = new Generation(patience);
  }

  /** Notes a secret; `formsOf` is asked for one that is not known. */
  learn(secret: string, formsOf: () => readonly SecretForm[]): void {
    if (this.newer.forms.has(secret)) return;
    const known = this.older.forms.get(secret);
    if (known === undefined) this.learned++;
    if (this.newer.forms.size === most) {
      this.older = this.newer;
      this.newer = new Generation(this.patience);
    }
    this.newer.add(secret, known ?? formsOf());
  }

  disguises(): readonly Disguise[] {
    return [this.older.disguise, this.newer.disguise];
  }
}

/** Grows secret by secret: to put them together anew for each one would take longer than all the rest. */
class Generation {
  readonly forms = new Map<string, readonly SecretForm[]>();
  readonly disguise: Disguise;

  constructor(patience: number) {
    this.disguise = new Disguise([], patience);
  }

  add(secret: string, forms: readonly SecretForm[]): void {
    this.forms.set(secret, forms);
    this.disguise.add(forms);
  }
}
