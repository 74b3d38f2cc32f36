import type { CanonicalText } from "./canonical-text.ts";
import type { Needle } from "./secret-forms.ts";

/** A part of a text, by places in it, that gives a secret away. */
export interface Found {
  readonly from: number;
  readonly to: number;
  readonly token: string;
  /** It counts only where it stands for itself. */
  readonly isWord: boolean;
  /** It is not broken over lines. */
  readonly isShort: boolean;
}

interface Place {
  readonly needle: Needle;
  readonly at: number;
  readonly token: string;
}

/** What is shorter may begin in one line and end in the next by chance. */
const shortestBroken = 12;
/** A needle's bytes are looked up so many at once. */
const keyLength = 8;
/** How far a find is followed back, over what an earlier key has not told. */
const farthestBack = 64;
/** Of a secret that repeats itself, the first places do. */
const mostPlaces = 4;
/** Fewer different characters, as in "0000000000000000", are nobody's secret. */
const fewestDifferent = 6;

/** All secrets' parts by a hash of their bytes, so that one pass over a text finds them, however many they are. */
export class SecretIndex {
  private readonly places = new Map<number, Place[]>();
  private readonly first = new Uint8Array(1 << 16);
  private readonly short: { readonly needle: Needle; readonly token: string }[] = [];
  readonly needles: { readonly needle: Needle; readonly token: string }[] = [];

  /** How many bytes may be compared for each of a text; beyond, it was made to cost time. */
  private readonly patience: number;
  private left = 0;

  constructor(patience: number) {
    this.patience = patience;
  }

  add({ needle, token }: { readonly needle: Needle; readonly token: string }): void {
    if (needle.bytes.length === 0) return;
    this.needles.push({ needle, token });
    if (needle.bytes.length < keyLength) this.short.push({ needle, token });
    else for (const at of placesOf(needle)) this.addPlace({ needle, at, token });
  }

  find({ bytes }: CanonicalText): Found[] {
    const found = this.short.flatMap(({ needle, token }) => findShort(bytes, needle, token));
    if (this.places.size === 0) return found;
    this.left = this.patience * bytes.length + 10_000;
    let hash = hashAt(bytes, 0);
    for (let at = 0; at + keyLength <= bytes.length; ) {
      const best = this.first[hash >>> 16] === 1 ? this.longestAt(bytes, at, hash) : undefined;
      if (best !== undefined) found.push(best);
      const next = Math.max(at + 1, (best?.to ?? 0) - keyLength + 1);
      hash = next === at + 1 ? rollHash(hash, bytes, at) : hashAt(bytes, next);
      at = next;
    }
    return found;
  }

  private longestAt(bytes: Buffer, at: number, hash: number): Found | undefined {
    let best: Found | undefined;
    for (const place of this.places.get(hash) ?? []) {
      if (this.left < 0) break;
      const end = agreeUpTo(bytes, at, place);
      this.left -= end;
      const found = follow(bytes, at, place, end);
      if (found !== undefined && (best === undefined || found.to - found.from > best.to - best.from)) best = found;
    }
    return best;
  }

  private addPlace(place: Place): void {
    const hash = hashAt(place.needle.bytes, place.at);
    const same = this.places.get(hash) ?? [];
    if (same.filter(({ needle }) => needle === place.needle).length >= mostPlaces) return;
    same.push(place);
    this.places.set(hash, same);
    this.first[hash >>> 16] = 1;
  }
}

/** Where in a needle what gives it away can begin. */
function placesOf({ bytes, window, windowFrom, lastPart }: Needle): Set<number> {
  const places = new Set([0]);
  if (lastPart + keyLength <= bytes.length) places.add(lastPart);
  if (window > 0) for (let at = windowFrom; at + keyLength <= bytes.length; at++) places.add(at);
  return places;
}

/** How many bytes agree from a place on. */
function agreeUpTo(bytes: Buffer, at: number, { needle, at: place }: Place): number {
  let end = 0;
  while (place + end < needle.bytes.length && needle.bytes[place + end] === bytes[at + end]) end++;
  return end;
}

function follow(bytes: Buffer, at: number, { needle, at: place, token }: Place, end: number): Found | undefined {
  if (end < keyLength) return undefined;
  let back = 0;
  while (back < Math.min(place, at, farthestBack) && needle.bytes[place - back - 1] === bytes[at - back - 1]) back++;
  return isEnough(needle, place - back, place + end) ? foundAt(at - back, at + end, needle, token) : undefined;
}

function isEnough({ bytes, head, window, windowFrom, lastPart }: Needle, from: number, to: number): boolean {
  if (from === 0 && to >= head) return true;
  if (to === bytes.length && from <= lastPart && lastPart < to) return true;
  const within = Math.max(from, windowFrom);
  return window > 0 && to - within >= window && new Set(bytes.subarray(within, to)).size >= fewestDifferent;
}

function foundAt(from: number, to: number, { isWord }: Needle, token: string): Found {
  return { from, to, token, isWord, isShort: to - from < shortestBroken };
}

function findShort(bytes: Buffer, needle: Needle, token: string): Found[] {
  const found: Found[] = [];
  for (let at = bytes.indexOf(needle.bytes); at >= 0; at = bytes.indexOf(needle.bytes, at + 1))
    found.push(foundAt(at, at + needle.bytes.length, needle, token));
  return found;
}

const outermost = Array.from({ length: keyLength }).reduce<number>((power) => Math.imul(power, 0x01000193), 1);

function hashAt(bytes: Buffer, from: number): number {
  let hash = 0;
  for (let at = from; at < from + keyLength; at++) hash = (Math.imul(hash, 0x01000193) + (bytes[at] ?? 0) + 1) | 0;
  return hash;
}

/** That of the bytes one further on. */
function rollHash(hash: number, bytes: Buffer, from: number): number {
  const gone = Math.imul((bytes[from] as number) + 1, outermost);
  return (Math.imul(hash, 0x01000193) - gone + (bytes[from + keyLength] ?? 0) + 1) | 0;
}
