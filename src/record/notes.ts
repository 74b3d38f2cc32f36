/** What happens at a proxy that a reader of its recording should know. */
const sentences = {
  cutBody: (n: number) => `Of ${bodies(n)} the recording holds the beginning alone: longer than it keeps.`,
  leftOut: (n: number) => `${requests(n)} had a body that is longer than the recording keeps: it is left out there.`,
  foreign: (n: number) =>
    `${requests(n)} for another server than the target ${n === 1 ? "was" : "were"} refused with 421, and not recorded.`,
  tunnel: (n: number) => `${requests(n)} for a tunnel (CONNECT) ${n === 1 ? "was" : "were"} refused with 405, and not recorded.`,
  garbage: (n: number) => `${requests(n)} ${n === 1 ? "was" : "were"} no HTTP and did not reach the target.`,
  upgraded: (n: number) =>
    `${n} ${n === 1 ? "connection" : "connections"} went over to another protocol (WebSocket): what passed there is not judged.`,
  open: (n: number) =>
    `${requests(n)} ${n === 1 ? "was" : "were"} still open when the command had ended, and ${n === 1 ? "was" : "were"} broken off.`,
} satisfies Record<string, (n: number) => string>;

export type Note = keyof typeof sentences;

/** Counts them, so that none is told twice. */
export class Notes {
  private readonly counts = new Map<Note, number>();

  count(note: Note): void {
    this.counts.set(note, (this.counts.get(note) ?? 0) + 1);
  }

  /** One sentence each. */
  told(): string[] {
    return [...this.counts].map(([note, count]) => sentences[note](count));
  }
}

function requests(n: number): string {
  return `${n} ${n === 1 ? "request" : "requests"}`;
}

function bodies(n: number): string {
  return `${n} ${n === 1 ? "body" : "bodies"}`;
}
