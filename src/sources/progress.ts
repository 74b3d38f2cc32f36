/** How far the reading of captures is. */
export interface CaptureProgress {
  readonly bytes: number;
  readonly totalBytes: number | undefined;
  readonly entries: number;
}

/** How far the reading of several captures is, all in all. */
export class ProgressSum {
  private bytes = 0;
  private entries = 0;
  private readonly totalBytes: number | undefined;
  private readonly tell: ((progress: CaptureProgress) => void) | undefined;

  constructor(totalBytes: number | undefined, tell: ((progress: CaptureProgress) => void) | undefined) {
    this.totalBytes = totalBytes;
    this.tell = tell;
  }

  /** Takes what one capture tells of itself. */
  follow(): (bytes: number, entries: number) => void {
    let [bytes, entries] = [0, 0];
    return (now, own) => {
      this.bytes += now - bytes;
      this.entries += own - entries;
      [bytes, entries] = [now, own];
      this.tell?.({ bytes: this.bytes, totalBytes: this.totalBytes, entries: this.entries });
    };
  }
}
