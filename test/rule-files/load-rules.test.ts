import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit.ts";
import { OptionError } from "../../src/options/option-error.ts";
import { isRuleFile, loadRules } from "../../src/rule-files/load-rules.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-rules-"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const whole = {
  id: '"team/no-teapot"',
  summary: '"a teapot answered"',
  severity: '"warning"',
  needs: '"exchange"',
  advice: '"Brew elsewhere."',
  watch:
    '({ tell }) => ({ error: (on) => tell({ on, say: { note: "tea", text: "Tea." }, place: { kind: "status" }, expected: "", found: "" }) })',
};

/** A rule file whose members are written as given. */
function write(name: string, members: Record<string, string | undefined>): string {
  const lines = Object.entries(members).flatMap(([member, value]) => (value === undefined ? [] : [`${member}: ${value}`]));
  writeFileSync(join(cwd, name), `export default { ${lines.join(", ")} };\n`);
  return `./${name}`;
}

let files = 0;
const fault = async (members: Record<string, string | undefined>) => {
  const file = write(`wrong-${files++}.mjs`, { ...whole, ...members });
  return loadRules(file, cwd).then(
    () => "no fault",
    (error: Error) => error.message.replace(file, "FILE"),
  );
};

describe("a rule file", () => {
  it("is told from a rule's id", () => {
    for (const word of ["./a.mjs", "../a", "/a/b", "a.mjs", "checks/a.js", "a.ts", "C:\\a"]) expect(isRuleFile(word)).toBe(true);
    for (const word of ["masking/*", "http/date-missing", "*", "missing"]) expect(isRuleFile(word)).toBe(false);
  });

  it("gives its rule, whose page stands beside it", async () => {
    const file = write("teapot.mjs", whole);
    expect((await loadRules(file, cwd))[0]).toMatchObject({ id: "team/no-teapot", docs: "teapot.mjs" });
    writeFileSync(join(cwd, "teapot.md"), "# team/no-teapot\n");
    expect((await loadRules(file, cwd))[0]?.docs).toBe("teapot.md");
  });

  it("may give a list", async () => {
    writeFileSync(
      join(cwd, "list.mjs"),
      `const rule = (id) => ({ id, summary: "s", severity: "off", needs: "session", advice: "a", watch: () => ({}) });
       export default [rule("a/one"), rule("a/two")];`,
    );
    expect((await loadRules("list.mjs", cwd)).map(({ id }) => id)).toEqual(["a/one", "a/two"]);
  });

  it("that is wrong is told what is wrong with it", async () => {
    expect(await fault({ id: undefined })).toBe(
      'FILE: the rule has no id: it must be family/name in lower case, such as "tracing/trace-id-missing".',
    );
    expect(await fault({ id: '"Teapot"' })).toContain("the rule has a wrong id");
    expect(await fault({ advice: undefined })).toBe("FILE: the rule has no advice: it must be a text.");
    expect(await fault({ severity: '"eror"' })).toBe(
      'FILE: the rule has a wrong severity: it must be error, warning, note or off; did you mean "error"?',
    );
    expect(await fault({ needs: '"two"' })).toContain("must be exchange, session, accounts or change");
    expect(await fault({ watch: '"no"' })).toContain("must be a function");
    expect(await fault({ subject: '"somebody"' })).toContain("must be server, client or capture");
    expect(await fault({ summry: '"s"' })).toBe('FILE: the rule has "summry", which a rule has not; did you mean "summary"?');
  });

  it("that is none is told so", async () => {
    await expect(loadRules("./nowhere.mjs", cwd)).rejects.toThrow("There is no rule file ./nowhere.mjs.");
    writeFileSync(join(cwd, "empty.mjs"), "export const rule = 1;\n");
    await expect(loadRules("./empty.mjs", cwd)).rejects.toThrow("./empty.mjs exports no rule.");
    writeFileSync(join(cwd, "seven.mjs"), "export default 7;\n");
    await expect(loadRules("./seven.mjs", cwd)).rejects.toThrow("./seven.mjs: the rule is no object.");
    writeFileSync(join(cwd, "throws.mjs"), 'throw new Error("out of tea\\nand milk");\n');
    await expect(loadRules("./throws.mjs", cwd)).rejects.toThrow(/^\.\/throws\.mjs cannot be loaded: out of tea$/);
  });
});

describe("an audit with rules of the user's own", () => {
  const examples = new URL("../../examples/course-api/good.har", import.meta.url).pathname;

  it("finds what they tell, at their own severity or the one given", async () => {
    write("teapot.mjs", whole);
    const severities = async (...rule: [string] | [string, "error"]) => {
      const report = await audit(examples, { cwd, rules: [rule] });
      return report.findings
        .filter(({ rule }) => rule === "team/no-teapot")
        .map(({ severity, docs, note }) => ({ severity, docs, note }))[0];
    };
    expect(await severities("./teapot.mjs")).toEqual({ severity: "warning", docs: "teapot.md", note: "tea" });
    expect(await severities("./teapot.mjs", "error")).toEqual({ severity: "error", docs: "teapot.md", note: "tea" });
  });

  it("can set a severity by the id too, and name a file twice", async () => {
    const rules = [["./teapot.mjs"], ["team/*", "off"], ["./teapot.mjs"]] as const;
    expect((await audit(examples, { cwd, rules })).findings).toEqual([]);
  });

  it("takes no id that is another rule's", async () => {
    const file = write("taken.mjs", { ...whole, id: '"envelope/missing"' });
    await expect(audit(examples, { cwd, rules: [[file]] })).rejects.toThrow(OptionError);
  });

  it("is not green where a hook is misspelt or the rule crashes", async () => {
    const misspelt = write("misspelt.mjs", { ...whole, watch: "() => ({ exchnge() {} })" });
    expect((await audit(examples, { cwd, rules: [[misspelt]] })).unjudged[0]).toContain(
      'watch returned "exchnge", which is no hook; did you mean "exchange"?',
    );
    const crashing = write("crashing.mjs", { ...whole, watch: '() => ({ error() { throw new Error("out of tea"); } })' });
    expect((await audit(examples, { cwd, rules: [[crashing]] })).unjudged[0]).toMatch(
      /team\/no-teapot crashed on .*good\.har entry 1 \(out of tea\)/,
    );
  });

  it.each([
    ["async () => ({ error() {} })", "watch returned a promise: it cannot be async, and nor can its hooks"],
    ["async () => { throw new Error(); }", "watch returned a promise"],
    ["() => 7", "watch returned no object of hooks"],
    ["() => ({ error: 7 })", "watch returned a error that is no function"],
    ["() => ({ async error() { throw new Error(); } })", "the hook error returned a promise: hooks are not waited for"],
    [told("place: { kind: 'bdy' }"), "tell has a place whose kind must be exchange, status, method, url, header or body"],
    [told("place: { kind: 'header' }"), "tell has a place of a header without its `name`"],
    [told("place: { kind: 'body' }"), "tell has a place in a body without its `pointer`"],
    [told("found: undefined"), "tell lacks `found`, a text"],
    [told("say: 'Tea.'"), "tell lacks `say`, or it is not made by messages()"],
    [told("on: undefined"), "tell lacks `on`"],
    [told("severity: 'eror'"), 'tell has a severity that must be error, warning or note; did you mean "error"?'],
    [told("subject: 'me'"), "tell has a subject that must be server, client or capture"],
    ["({ witness }) => ({ error(on) { witness(on, { kind: 'bdy' }); } })", "witness has a place whose kind must be"],
    ["({ tell }) => ({ error() { tell(); } })", "tell was given no object"],
  ])("is not green where it is wrong while it works: %s", async (watch, fault) => {
    const file = write(`working-${files++}.mjs`, { ...whole, watch });
    const { unjudged, findings } = await audit(examples, { cwd, rules: [[file]] });
    expect(unjudged[0]).toContain(`The rule team/no-teapot crashed`);
    expect(unjudged[0]).toContain(fault);
    expect(unjudged[0]).toContain("mend it");
    expect(findings.filter(({ rule }) => rule === "team/no-teapot")).toEqual([]);
  });
});

/** A watch that tells each error, with one member otherwise. */
function told(member: string): string {
  return `({ tell }) => ({ error(answer) { tell({ on: answer, say: { note: "tea", text: "Tea." }, place: { kind: "status" }, expected: "", found: "", ${member} }); } })`;
}

describe("a module that cannot be loaded", () => {
  const bin = new URL("../../bin/envelint.js", import.meta.url).pathname;
  /** As Node itself loads it. */
  const refusal = (name: string, text: string) => {
    writeFileSync(join(cwd, name), text);
    return spawnSync(process.execPath, [bin, "rule", "check", `./${name}`], { cwd, encoding: "utf8" }).stderr.trim();
  };

  it("is told at its line, and what to do about it", async () => {
    expect(refusal("broken.mjs", "export default {\n  id: ,\n};\n")).toMatch(/^envelint: \.\/broken\.mjs:2 cannot be loaded: /);
    expect(refusal("stranger.mjs", 'import { messages } from "envelint";\nexport default messages;\n')).toBe(
      "envelint: ./stranger.mjs cannot be loaded: the package envelint is not installed where the file lies. Install it there: npm install -D envelint.",
    );
    mkdirSync(join(cwd, "folder.mjs"));
    await expect(loadRules("./folder.mjs", cwd)).rejects.toThrow("./folder.mjs is a folder. Name the rule file in it.");
  });

  it("may be one whose members cannot be looked at", () => {
    expect(refusal("trap.mjs", "export default { get id() { throw new Error('gone'); } };\n")).toBe(
      "envelint: ./trap.mjs: the rule cannot be looked at: gone.",
    );
  });
});

describe("a module that takes the process along", () => {
  const bin = new URL("../../bin/envelint.js", import.meta.url).pathname;
  const capture = new URL("../../examples/course-api/good.har", import.meta.url).pathname;
  const hook = (body: string) =>
    `export default { id: "a/b", summary: "s", severity: "error", needs: "exchange", advice: "a", watch: () => ({ error() { ${body} } }) };\n`;

  it.each([
    ["process.exit(0);\n", "the process was ended before the report was written"],
    [hook("process.exit(0);"), "the process was ended before the report was written"],
    [`setTimeout(() => { throw new Error("late"); });\n${hook("")}await new Promise((done) => setTimeout(done, 1000));\n`, "late"],
    ["await new Promise(() => {});\n", "the process was ended before the report was written"],
  ])("does not pass for green: %j", (text, told) => {
    const file = join(cwd, `leaving-${files++}.mjs`);
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, capture, "--rule", file], { cwd, encoding: "utf8" });
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});
