import type { ErrorAnswer, ErrorObject, Masking, Meeting, Operation, Resource } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { ClaimEnvelope } from "./claim.ts";
import { type CompiledEnvelope, isReadable, type Located, locateErrors } from "./envelope.ts";
import { makeErrorObject, readRole, type Source } from "./error-object.ts";
import type { GatewayWatch } from "./gateway.ts";
import { isAbsent } from "./matcher.ts";
import { type Narrowed, narrow, narrowByStatus, type Reading, type RoleReading, type Table } from "./narrow.ts";

/** What reading an answer needs to know of the contract. */
export interface Reader {
  readonly defaultEnvelope: CompiledEnvelope;
  readonly claim: ClaimEnvelope;
  readonly gateways: GatewayWatch;
  tableOf(envelope: CompiledEnvelope): Table;
  operationsOf(exchange: Exchange): readonly Operation[];
  resourcesOf(exchange: Exchange): readonly Resource[];
}

/** The answer as the contract reads it; undefined = not an error. */
export function readAnswer(reader: Reader, exchange: Exchange): ErrorAnswer | undefined {
  const readable = isReadable(exchange);
  const claim = reader.claim(exchange, readable, () => reader.operationsOf(exchange).map((operation) => operation.name));
  if (claim === undefined) return undefined;
  const { envelope } = claim;
  const operations = reader.operationsOf(exchange);
  const scene: Scene = { reader, exchange, readable, names: operations.map((operation) => operation.name) };
  const found = readable && envelope !== undefined && !envelope.intermediary ? locate(envelope, exchange) : undefined;
  const gateway = readable || envelope?.intermediary ? gatewayOf(reader, exchange, envelope, found) : undefined;
  const located = gateway === undefined ? found : undefined;
  const meetings = meetRows(scene, envelope, claim.perhaps, located, gateway !== undefined);
  return {
    exchange,
    operations,
    envelope,
    gateway,
    readable,
    pointer: located?.pointer,
    meetings,
    reveals: meetings.every((meeting) => meeting.kind === "refused")
      ? revealed(reader.resourcesOf(exchange), exchange.response.status)
      : undefined,
  };
}

interface Scene {
  readonly reader: Reader;
  readonly exchange: Exchange;
  readonly readable: boolean;
  readonly names: readonly string[];
}

/** An envelope without roles and schema promises nothing of the body: whatever it is, it is in its place. */
function locate(envelope: CompiledEnvelope, exchange: Exchange): Located | undefined {
  if (envelope.bodiless) return { pointer: envelope.pointers[0] ?? "", objects: [] };
  const parsed = exchange.response.body.json();
  return parsed.ok ? locateErrors(envelope, parsed.value, exchange.response.headers) : undefined;
}

function gatewayOf(
  reader: Reader,
  exchange: Exchange,
  envelope: CompiledEnvelope | undefined,
  located: Located | undefined,
): string | undefined {
  if (envelope?.intermediary) return envelope.name;
  if (envelope === undefined || located === undefined) return reader.gateways.whoAnswered(exchange);
  // A gateway's own JSON may have a member that the envelope has too, such as "message"; but not all that are required.
  const whole = located.objects.every((object) =>
    envelope.required.every((role) => readRole(envelope.sources[role], object) !== undefined),
  );
  return whole ? undefined : reader.gateways.nameInText(exchange);
}

function meetRows(
  scene: Scene,
  envelope: CompiledEnvelope | undefined,
  perhaps: readonly CompiledEnvelope[],
  located: Located | undefined,
  fromGateway: boolean,
): Meeting[] {
  const { reader, readable } = scene;
  const fallback = reader.tableOf(reader.defaultEnvelope);
  if (envelope?.intermediary) {
    const met = narrow(reader.tableOf(envelope), readingOf(scene, envelope, undefined));
    return [meetingOf(met.kind === "refused" ? narrowByStatus(fallback, unknownReading(scene)) : met, undefined)];
  }
  if (envelope === undefined || fromGateway || (readable && located === undefined)) {
    const table = envelope === undefined || fromGateway ? fallback : reader.tableOf(envelope);
    return [meetingOf(narrowByStatus(table, unknownReading(scene)), undefined)];
  }
  if (perhaps.length > 0) return [meetingOf(narrowAmong([envelope, ...perhaps], scene), undefined)];
  const objects = (located?.objects ?? []).map((object) => makeErrorObject(envelope.sources, object));
  const table = reader.tableOf(envelope);
  return (objects.length === 0 ? [undefined] : objects).map((object) =>
    meetingOf(narrow(table, readingOf(scene, envelope, object)), object),
  );
}

/** Which envelope it is was not captured: what any of them leaves, is left. */
function narrowAmong(envelopes: readonly CompiledEnvelope[], scene: Scene): Exclude<Narrowed, { kind: "met" }> {
  const outcomes = envelopes.map((envelope) => narrowByStatus(scene.reader.tableOf(envelope), unknownReading(scene)));
  const rows = outcomes.flatMap((outcome) => (outcome.kind === "open" ? outcome.rows : []));
  return rows.length > 0
    ? { kind: "open", rows }
    : { kind: "refused", step: "status", before: outcomes.flatMap((outcome) => (outcome.kind === "refused" ? outcome.before : [])) };
}

function meetingOf(narrowed: Narrowed, object: ErrorObject | undefined): Meeting {
  return narrowed.kind === "open" ? { ...narrowed, object: undefined } : { ...narrowed, object };
}

/** Nothing is known but the status, the header and the operation. */
function unknownReading({ exchange, names }: Scene): Reading {
  return {
    status: exchange.response.status,
    operations: names,
    role: () => undefined,
    when: (row) => row.when?.holds({ exchange, readable: false, error: undefined }) ?? true,
  };
}

function readingOf(scene: Scene, envelope: CompiledEnvelope, object: ErrorObject | undefined): Reading {
  const { exchange, readable } = scene;
  const bodyKnown = readable && !envelope.intermediary;
  return {
    status: exchange.response.status,
    operations: scene.names,
    role(role) {
      if (object !== undefined) return fromObject(object.role(role));
      return bodyKnown ? { value: undefined } : fromHeader(envelope.sources[role], exchange);
    },
    when: (row) => row.when?.holds({ exchange, readable: bodyKnown, error: object === undefined ? undefined : () => object.value }) ?? true,
  };
}

function fromObject(found: ReturnType<ErrorObject["role"]>): RoleReading {
  return { value: found?.value, fromHeader: found?.place.kind === "header" };
}

/** Without a body a role is known only as far as the header tells: up to the first source that stands in the body. */
function fromHeader(sources: readonly Source[] | undefined, exchange: Exchange): RoleReading | undefined {
  for (const source of sources ?? []) {
    if (source.kind !== "header") return undefined;
    const found = readRole([source], { pointer: "", value: {}, root: null, headers: exchange.response.headers });
    if (!isAbsent(found?.value)) return { value: found?.value, fromHeader: true };
  }
  return { value: undefined };
}

/** The resource a request addresses is the last in its path; its parents count where it is under no masking that forbids this status. */
function revealed(resources: readonly Resource[], status: number): Masking | undefined {
  return resources.findLast(({ masking }) => masking.never.includes(status))?.masking;
}
