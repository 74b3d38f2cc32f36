import { messages, type Rule } from "../../src/model/rule.ts";
import { rateLimitFault } from "../../src/syntax/rate-limit-field.ts";
import { quoted } from "../../src/syntax/wording.ts";

const say = messages({
  malformed: (name: string, value: string, fault: string) => `${name} is ${value}: ${fault}, so clients must ignore the whole field.`,
});

export const fieldMalformed: Rule = {
  id: "rate-limit/field-malformed",
  summary: "a RateLimit or RateLimit-Policy field is malformed",
  severity: "warning",
  needs: "exchange",
  advice: 'Write RateLimit-Policy: "default";q=60;w=60 and RateLimit: "default";r=0;t=12.',
  watch({ contract, tell }) {
    if (contract.rateLimit === undefined) return {};
    return {
      error({ exchange }) {
        for (const name of ["RateLimit-Policy", "RateLimit"] as const) {
          const value = exchange.response.headers.get(name);
          const fault = value === undefined ? undefined : rateLimitFault(name, value);
          if (value === undefined || fault === undefined) continue;
          const place = { kind: "header", name } as const;
          const said = say.malformed(name, quoted(value), fault);
          tell({
            on: exchange,
            say: said,
            place,
            expected: "a structured field list",
            found: quoted(value),
            detail: `${name}: ${fault}`,
            row: null,
          });
        }
      },
    };
  },
};
