// A rule of one team's own: every error names the trace that support will ask for.
import { messages } from "envelint";

const say = messages({
  missing: (status) => `The ${status} names no trace.`,
  malformed: () => "The trace id is not one of W3C Trace Context.",
});

/** @type {import("envelint").Rule} */
export default {
  id: "tracing/trace-id-missing",
  summary: "an error does not name its trace",
  severity: "warning",
  needs: "exchange",
  advice: "Send the trace id of the request in Trace-Id; it is in the logs already.",
  watch({ tell }) {
    const place = /** @type {const} */ ({ kind: "header", name: "Trace-Id" });
    return {
      error(answer) {
        // A gateway's page is not ours to mend.
        if (answer.gateway !== undefined) return;
        const { status, headers } = answer.exchange.response;
        const id = headers.get("trace-id");
        const expected = "32 hexadecimal digits";
        if (id === undefined) tell({ on: answer, say: say.missing(status), place, expected, found: "no such header" });
        else if (!/^[0-9a-f]{32}$/.test(id)) tell({ on: answer, say: say.malformed(), place, expected, found: id });
      },
    };
  },
};
