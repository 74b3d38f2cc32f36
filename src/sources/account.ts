import { createHmac, randomBytes } from "node:crypto";
import type { Credential } from "../model/contract.ts";
import type { Account, Request } from "../model/exchange.ts";
import { remembered } from "../syntax/remembered.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";

/** What a recording of probes writes for an account's credential, with or without its scheme; a made-up one is nobody's. */
const recorded = /^(?:[A-Za-z][\w-]*[ \t]+)?<account:(?!made-up-\d+>)([^<>]{1,100})>$/;

/** Characters of the longest credentials whose accounts are remembered: a signed token has a thousand and more. */
const longest = 2_000;

/** Tells accounts apart by their credentials, which it turns into hashes at once. One a run: its key is random. */
export class AccountKeeper {
  private readonly key = randomBytes(32);
  private readonly credentials: readonly Credential[];
  /** The field that alone holds credentials, as in most contracts. */
  private readonly only: string | undefined;
  /** Clients send the same credentials over and over. */
  private readonly accountOf = remembered((held) => this.create(held), longest);
  private readonly accountOfValue = remembered((value) => this.create(hold(0, value)), longest);

  constructor(credentials: readonly Credential[] = [{ header: "Authorization" }]) {
    this.credentials = credentials;
    const [first] = credentials;
    this.only = credentials.length === 1 && first !== undefined && "header" in first ? first.header : undefined;
  }

  /** The account of a capture that the user named. */
  named(name: string): Account {
    return { id: this.hash(`name\0${name}`), name };
  }

  /** The same account, and the credentials of one request of its. */
  ofNamed(account: Account, request: Request, parts: EntryParts): Account {
    const credential = this.find(request, parts)?.credential;
    return credential === undefined ? account : { ...account, credential };
  }

  /** The account of a request's credentials; undefined where it carries none. */
  find(request: Request, parts: EntryParts): Account | undefined {
    const { only } = this;
    if (only === undefined) return this.findAmong(request, parts);
    const values = request.headers.all(only);
    if (values.length === 0) return undefined;
    const [value = ""] = values;
    return values.length === 1 && value !== "" ? this.accountOfValue(value) : this.findAmong(request, parts);
  }

  private findAmong(request: Request, parts: EntryParts): Account | undefined {
    let held = "";
    for (const [index, credential] of this.credentials.entries())
      for (const value of readCredential(request, parts, credential)) if (value !== "") held += hold(index, value);
    return held === "" ? undefined : this.accountOf(held);
  }

  private create(held: string): Account {
    const credential = this.hash(`held\0${held}`);
    const name = recorded.exec(firstHeld(held))?.[1];
    return name === undefined ? { id: credential, credential } : { ...this.named(name), credential };
  }

  private hash(text: string): string {
    return createHmac("sha256", this.key).update(text).digest("base64url").slice(0, 22);
  }
}

/** Which of the contract's credentials a value is, its length, and the value, which may hold anything. */
function hold(index: number, value: string): string {
  return `${index} ${value.length} ${value}`;
}

function firstHeld(held: string): string {
  const [index = "", length = ""] = held.split(" ", 2);
  const start = index.length + length.length + 2;
  return held.slice(start, start + Number(length));
}

function readCredential(request: Request, parts: EntryParts, credential: Credential): readonly string[] {
  if ("header" in credential) return request.headers.all(credential.header);
  if ("query" in credential) return request.query === "" ? [] : new URLSearchParams(request.query).getAll(credential.query);
  const lines = request.headers.all("cookie");
  const pairs = lines.length > 0 ? lines.flatMap((line) => line.split(";")) : listCookies(parts.value(F.requestCookies));
  return pairs.flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && pair.slice(0, equals).trim() === credential.cookie ? [pair.slice(equals + 1).trim()] : [];
  });
}

/** HAR's own list, for tools that leave the field out of the headers. */
function listCookies(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((cookie: unknown) => {
    const { name, value } = (typeof cookie === "object" && cookie !== null ? cookie : {}) as { name?: unknown; value?: unknown };
    return typeof name === "string" && typeof value === "string" ? [`${name}=${value}`] : [];
  });
}
