import { type HeaderDuty, type Row, rowsLeft } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { listed, quoted } from "../../src/syntax/wording.ts";
import { hidesHeaders } from "../../src/traffic/page-script.ts";

const say = messages({
  missing: (status: number, name: string, row: string) => `The ${status} lacks the header ${name}, which the contract demands for ${row}.`,
  wrong: (status: number, name: string, value: string, why: string) => `The ${status}'s header ${name} is ${value}: it ${why}.`,
});

/** Browsers take these out of what they export. */
const stripped: ReadonlySet<string> = new Set(["set-cookie", "set-cookie2"]);

export const headerMissing: Rule = {
  id: "pairing/header-missing",
  summary: "a header that the row demands is missing or wrong",
  severity: "error",
  needs: "exchange",
  advice: "Set the header wherever this error is written.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange } = answer;
        if (answer.gateway !== undefined && answer.envelope?.intermediary !== true) return;
        const { status, headers } = exchange.response;
        const told = new Set<string>();
        for (const meeting of answer.meetings) {
          const rows = rowsLeft(meeting);
          for (const { name, duties } of sharedDuties(rows)) {
            const value = headers.get(name);
            const required = duties.every((duty) => duty.required);
            const faults = value === undefined ? [] : duties.map((duty) => duty.fault(value));
            const fault = faults.every((each) => each !== undefined) ? faults[0] : undefined;
            if (told.has(name) || (value === undefined ? !required : fault === undefined)) continue;
            told.add(name);
            if (value === undefined && (hidesHeaders(exchange) || stripped.has(name))) {
              unobservable(exchange, "headers hidden from the capture tool");
              continue;
            }
            const title = duties[0]?.name ?? name;
            const names = listed(rows.map((row) => row.name));
            tell({
              on: answer,
              say: value === undefined ? say.missing(status, title, names) : say.wrong(status, title, quoted(value), fault ?? ""),
              place: { kind: "header", name: title },
              expected: value === undefined ? `header ${title}` : (fault ?? ""),
              found: quoted(value),
              detail: name,
            });
          }
        }
      },
    };
  },
};

/** The headers that every one of the rows has a duty for. */
function sharedDuties(rows: readonly Row[]): { readonly name: string; readonly duties: readonly HeaderDuty[] }[] {
  return (rows[0]?.headers ?? []).flatMap((first) => {
    const name = first.name.toLowerCase();
    const duties = rows.flatMap((row) => row.headers.find((duty) => duty.name.toLowerCase() === name) ?? []);
    return duties.length === rows.length ? [{ name, duties }] : [];
  });
}
