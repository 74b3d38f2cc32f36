/** Lets requests that are sent at the same moment out together: once each has its connection, however new that is. */
export class Gate {
  readonly open: Promise<void>;
  private release: () => void = () => undefined;
  private away = 0;
  private isSealed = false;

  constructor() {
    this.open = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  /** One more will come; what it is given says that it is there, or that it never will be. */
  join(): () => void {
    this.away++;
    let isThere = false;
    return () => {
      if (isThere) return;
      isThere = true;
      this.away--;
      this.check();
    };
  }

  /** No more will come. */
  seal(): void {
    this.isSealed = true;
    this.check();
  }

  private check(): void {
    if (this.isSealed && this.away === 0) this.release();
  }
}
