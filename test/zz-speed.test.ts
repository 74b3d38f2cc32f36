import { it } from "vitest";
import { disguiseBytes } from "../src/probe/record/disguise.ts";
import { formsOf } from "../src/probe/record/secret-forms.ts";
it("x", () => {
  const forms = ["sk_test_9Qm3vT0xk9LrWz2u", "sk_test_8Qm3vT0xk9LrWz2u", "correct-horse-ba"].flatMap((s) => formsOf(s, "<account:a>"));
  const body = Buffer.from(JSON.stringify(Array.from({ length: 20000 }, (_, i) => ({ id: `crs_${i}`, name: "some course", state: "launched" }))));
  const a = performance.now(); disguiseBytes(body, forms); const b = performance.now();
  console.log(body.length, forms.length, b - a);
  const small = body.subarray(0, 400);
  const c = performance.now(); for (let i = 0; i < 1000; i++) disguiseBytes(small, forms); console.log((performance.now() - c) / 1000);
  const d = performance.now(); disguiseBytes(Buffer.alloc(1 << 20, "\\"), forms); console.log("backslashes", performance.now() - d);
  const e = performance.now(); disguiseBytes(Buffer.from("%25".repeat(1 << 18)), forms); console.log("percent", performance.now() - e);
  const f = performance.now(); disguiseBytes(Buffer.from("&#0".padEnd(1<<20, "0")), forms); console.log("zeros", performance.now() - f);
}, 600000);
