/** Shorter ones stand in any text. */
const shortest = 8;
/** `invalid`, `test-token`, `alice_2`: anybody's words, which errors use as well. */
const words = /^[a-z]*(?:[-_.: ]+[a-z]*)*\d{0,4}$/i;

/**
 * Can a secret be known again outside of its own field? One made of words or of digits alone cannot: to take `invalid` out of all answers,
 * because a test sent `Bearer invalid`, would change what they say.
 */
export function isTelling(secret: string): boolean {
  return secret.length >= shortest && !words.test(secret) && !/^[\d.:-]+$/.test(secret);
}
