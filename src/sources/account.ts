import { createHmac, randomBytes } from "node:crypto";
import type { Credential } from "../model/contract.ts";
import type { Account, Request } from "../model/exchange.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";

/** What a recording of probes writes for an account's credential, with or without its scheme; a made-up one is nobody's. */
const recorded = /^(?:[A-Za-z][\w-]*[ \t]+)?<account:(?!made-up-\d+>)([^<>]{1,100})>$/;

/** Tells accounts apart by their credentials, which it turns into hashes at once. One a run: its key is random. */
export class AccountKeeper {
  private readonly key = randomBytes(32);
  private readonly credentials: readonly Credential[];
  /** The last credential seen: the next request mostly carries the same. */
  private last: { readonly held: string; readonly account: Account } | undefined;
  /** The field that alone holds credentials, as in most contracts, and its value in the last request. */
  private readonly only: string | undefined;
  private lastValue: string | undefined;

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
    if (values.length > 1 || values[0] === "" || values[0] !== this.lastValue) {
      const found = this.findAmong(request, parts);
      this.lastValue = values.length === 1 ? values[0] : undefined;
      return found;
    }
    return this.last?.account;
  }

  private findAmong(request: Request, parts: EntryParts): Account | undefined {
    let held = "";
    let first = "";
    for (const [index, credential] of this.credentials.entries()) {
      for (const value of readCredential(request, parts, credential)) {
        if (value === "") continue;
        if (held === "") first = value;
        held += `${index}\0${value}\0`;
      }
    }
    if (held === "") return undefined;
    if (this.last?.held !== held) this.last = { held, account: this.create(held, first) };
    return this.last.account;
  }

  private create(held: string, first: string): Account {
    const credential = this.hash(`held\0${held}`);
    const name = recorded.exec(first)?.[1];
    return name === undefined ? { id: credential, credential } : { ...this.named(name), credential };
  }

  private hash(text: string): string {
    return createHmac("sha256", this.key).update(text).digest("base64url").slice(0, 22);
  }
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
