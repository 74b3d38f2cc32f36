/** The number of a field: its place in a record of spans. */
export type Field = number;

/** A known member of an object. */
export interface Known {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly field: Field;
  /** Where the member is itself an object with known members. */
  readonly shape: Shape | undefined;
  /** Another member in the same slot. */
  readonly next: Known | undefined;
}

/** The known members of an object, in slots by length and first byte. */
export interface Shape {
  readonly slots: readonly (Known | undefined)[];
  readonly names: ReadonlyMap<string, Known>;
}

/** The shape of what the paths lead into; a path's place among them is its field. */
export function buildShape(paths: readonly (readonly string[])[]): Shape {
  return shapeOf(
    paths.map((path, field) => ({ path, field })),
    0,
  );
}

/** Of paths that share their first names: as many as `depth`. */
function shapeOf(leaves: readonly { readonly path: readonly string[]; readonly field: Field }[], depth: number): Shape {
  const slots: (Known | undefined)[] = new Array(1024).fill(undefined);
  const names = new Map<string, Known>();
  for (const { path, field } of leaves) {
    if (path.length !== depth + 1) continue;
    const name = path.at(-1) as string;
    const bytes = Buffer.from(name);
    const slot = slotOf(bytes.length, bytes[0] as number);
    const within = leaves.filter((leaf) => leaf.path.length > depth + 1 && leaf.path[depth] === name);
    const known: Known = { name, bytes, field, shape: within.length === 0 ? undefined : shapeOf(within, depth + 1), next: slots[slot] };
    slots[slot] = known;
    names.set(name, known);
  }
  return { slots, names };
}

function slotOf(length: number, first: number): number {
  return ((length & 31) << 5) | (first & 31);
}

/** How many fields a shape tells apart, those within its members too. */
export function countFields({ names }: Shape): number {
  return [...names.values()].reduce((most, { field, shape }) => Math.max(most, field + 1, shape === undefined ? 0 : countFields(shape)), 0);
}

/** The member whose name stands, unescaped, at `start` to `end`. */
export function findKnown(shape: Shape, bytes: Uint8Array, start: number, end: number): Known | undefined {
  const length = end - start;
  for (let known = shape.slots[slotOf(length, bytes[start] as number)]; known !== undefined; known = known.next) {
    if (known.bytes.length !== length) continue;
    let i = 0;
    while (i < length && known.bytes[i] === bytes[start + i]) i++;
    if (i === length) return known;
  }
  return undefined;
}
