import { remembered } from "./remembered.ts";

/** What a credential's base64 stands for, where that is text: the whole, and what follows a first colon (`user:password`). Empty where it is none. */
export const base64Texts = remembered((token): readonly string[] => {
  if (!/^[\w+/-]{8,}={0,2}$/.test(token)) return [];
  const text = Buffer.from(token, "base64").toString();
  // Whatever is no text was not base64 of one.
  if (!/^[^\p{Cc}\uFFFD]{6,}$/u.test(text)) return [];
  const colon = text.indexOf(":");
  return colon < 0 ? [text] : [text, text.slice(colon + 1)];
});
