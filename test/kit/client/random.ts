/** Gives numbers from 0 to 1 that look drawn at random, and are the same for the same seed. */
export type Random = () => number;

/** mulberry32: small, and good enough for waits and keys. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same things in another order. */
export function shuffled<Thing>(things: readonly Thing[], random: Random): Thing[] {
  const order = [...things];
  for (let last = order.length - 1; last > 0; last--) {
    const at = Math.floor(random() * (last + 1));
    [order[last], order[at]] = [order[at] as Thing, order[last] as Thing];
  }
  return order;
}

function drawn(alphabet: string, length: number, random: Random): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
}

/** A UUID of version 4. */
export function uuid(random: Random): string {
  const hex = (length: number) => drawn("0123456789abcdef", length, random);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${drawn("89ab", 1, random)}${hex(3)}-${hex(12)}`;
}

/** A UUID of version 7: the time in milliseconds, and then chance. */
export function timedUuid(random: Random, now: number): string {
  const time = now.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid(random).slice(15)}`;
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: the time, and then chance. */
export function ulid(random: Random, now: number): string {
  const time = Array.from({ length: 10 }, (_, index) => crockford[Math.floor(now / 32 ** (9 - index)) % 32]).join("");
  return time + drawn(crockford, 16, random);
}
