/** What a number or a literal begins with, as a state of `stepScalar`. */
export const beginScalar = 1;
const sign = 2;
const zero = 3;
const whole = 4;
const point = 5;
const fraction = 6;
const exponent = 7;
const exponentSign = 8;
const exponentDigits = 9;
/** After the last letter of a literal; the states above are before it. */
const spelled = 10;

/** Leads out of a scalar that is complete; the byte is no part of it. */
export const ended = 255;

/** Where each byte leads from each state; 0 = nowhere. JSON's grammar, byte by byte: a value may be cut between any two. */
export const steps = new Uint8Array(24 << 8);

function lead(from: number, bytes: string, to: number): void {
  for (const byte of Buffer.from(bytes)) steps[(from << 8) | byte] = to;
}

const digits = "0123456789";
lead(beginScalar, "-", sign);
for (const from of [beginScalar, sign]) {
  lead(from, "0", zero);
  lead(from, "123456789", whole);
}
lead(whole, digits, whole);
for (const from of [zero, whole]) lead(from, ".", point);
for (const from of [point, fraction]) lead(from, digits, fraction);
for (const from of [zero, whole, fraction]) lead(from, "eE", exponent);
lead(exponent, "+-", exponentSign);
for (const from of [exponent, exponentSign, exponentDigits]) lead(from, digits, exponentDigits);
let unused = spelled + 1;
for (const word of ["true", "false", "null"]) {
  let from = beginScalar;
  for (const [index, letter] of [...word].entries()) {
    const to = index === word.length - 1 ? spelled : unused++;
    lead(from, letter, to);
    from = to;
  }
}

for (const from of [zero, whole, fraction, exponentDigits, spelled]) lead(from, ",}] \n\r\t", ended);

/** The state after a byte; `ended` before what may follow a scalar, 0 where it does not go on so. */
export function stepScalar(state: number, byte: number): number {
  return steps[(state << 8) | byte] as number;
}

/** Is it in the middle of a literal? What is wrong with such a word is the word, not its last letter. */
export function inLiteral(state: number): boolean {
  return state >= spelled;
}
