import type { Probe } from "../../probe.ts";
import { askWith, needsBody } from "./ask-with.ts";

export const wrongMediaType: Probe = {
  id: "body/wrong-type",
  summary: "a body with another Content-Type than the operation's, and with none; its members are of wrong types, too",
  needs: needsBody,
  *ask(asking) {
    yield* askWith(
      asking,
      ({ wrong }) => {
        const content = () => JSON.stringify(wrong());
        const xml = { purpose: "XML", body: { content: "<envelint/>", mediaType: "application/xml" } };
        return [
          { purpose: "JSON as text/plain", body: { content: content(), mediaType: "text/plain" } },
          { purpose: "JSON without a Content-Type", body: { content: content(), mediaType: undefined } },
          ...(asking.depth === "plain" ? [] : [xml]),
        ];
      },
      415,
    );
  },
};
