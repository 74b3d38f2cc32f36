import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { challengeFault, parseChallenges } from "../../src/syntax/challenge.ts";

const read = (text: string) => {
  const parsed = parseChallenges(text);
  return parsed.ok
    ? parsed.challenges.map(({ scheme, token68, parameters }) => [
        scheme,
        token68 ?? parameters.map(({ name, value, quoted }) => `${name}=${quoted ? JSON.stringify(value) : value}`).join(" "),
      ])
    : parsed.at;
};

describe("parseChallenges", () => {
  it.each<[text: string, challenges: string[][]]>([
    ["Basic", [["Basic", ""]]],
    ['Basic realm="a, b \\" c"', [["Basic", 'realm="a, b \\" c"']]],
    [
      'Newauth realm="apps", type=1,\ttitle="Login to \\"apps\\"", Basic realm="simple"',
      [
        ["Newauth", 'realm="apps" type=1 title="Login to \\"apps\\""'],
        ["Basic", 'realm="simple"'],
      ],
    ],
    [
      "Negotiate YII=, NTLM",
      [
        ["Negotiate", "YII="],
        ["NTLM", ""],
      ],
    ],
    ["Negotiate a=b", [["Negotiate", "a=b"]]],
    ["Negotiate a==", [["Negotiate", "a=="]]],
    ["Bearer realm", [["Bearer", "realm"]]],
    ["Bearer realm=", [["Bearer", "realm="]]],
    ['Digest  realm = "a"\t,\tnonce\t=\tb', [["Digest", 'realm="a" nonce=b']]],
    [
      ', Basic realm="a",, NTLM ,',
      [
        ["Basic", 'realm="a"'],
        ["NTLM", ""],
      ],
    ],
    ['Basic , realm="a"', [["Basic", 'realm="a"']]],
    ['Basic realm="tab\there é"', [["Basic", 'realm="tab\\there é"']]],
    ['Basic realm=""', [["Basic", 'realm=""']]],
    ["", []],
    [" , ", []],
  ])("reads %j", (text, challenges) => {
    expect(read(text)).toEqual(challenges);
  });

  it.each<[text: string, at: number]>([
    ['Bearer realm="a" Basic', 16],
    ['Bearer realm="a', 13],
    ["Bearer realm=a b", 14],
    ['Basic, realm="a"', 12],
    ["Negotiate abc, realm=a", 20],
    ['"Basic"', 0],
    ["Basic=", 5],
    ["Basic\trealm=a", 5],
    ['Basic realm="a\u0001"', 12],
    ['Basic realm="a\\\u0001"', 12],
    ["Negotiate abc def", 13],
    ['Basic realm="a", =b', 17],
  ])("refuses %j", (text, at) => {
    expect(read(text)).toBe(at);
  });

  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}$/);
  const string = fc.string({ unit: fc.constantFrom(...'a \t",\\=é~'), maxLength: 8 });
  const parameter = fc.record({
    name: token,
    value: fc.oneof(
      token.map((value) => ({ value, quoted: false })),
      string.map((value) => ({ value, quoted: true })),
    ),
  });
  const challenge = fc.record({
    scheme: token,
    token68: fc.option(fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,8}={0,2}$/), { nil: undefined }),
    parameters: fc.array(parameter, { maxLength: 4 }),
  });

  it("reads back every challenge", () => {
    fc.assert(
      fc.property(fc.array(challenge), fc.constantFrom(",", ", ", " ,\t", ",,"), fc.constantFrom("=", " = "), (list, comma, equals) => {
        const whole = list.map(({ scheme, token68, parameters }) => ({
          scheme,
          token68,
          parameters: token68 === undefined ? parameters.map(({ name, value }) => ({ name, ...value })) : [],
        }));
        const text = whole.map(({ scheme, token68, parameters }) =>
          [scheme, token68 ?? parameters.map(({ name, value, quoted }) => `${name}${equals}${quoted ? quote(value) : value}`).join(comma)]
            .filter((part) => part !== "")
            .join(" "),
        );
        expect(parseChallenges(text.join(comma))).toEqual({ ok: true, challenges: whole });
      }),
    );
  });

  it("takes any text, and names a place in one it cannot read", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab=," \t\\é/') }), (text) => {
        const parsed = parseChallenges(text);
        if (!parsed.ok) expect(parsed.at).toBeLessThan(text.length + 1);
      }),
    );
  });

  it("takes time in proportion to the text", () => {
    for (const text of ["a".repeat(1e6), "a,".repeat(3e5), `a b="${"\\".repeat(1e6)}`, "a ".repeat(3e5), `a ${"b=c,".repeat(2e5)}`])
      expect(() => parseChallenges(text)).not.toThrow();
  });
});

const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;

describe("challengeFault", () => {
  const fault = (text: string) => {
    const parsed = parseChallenges(text);
    return parsed.ok ? parsed.challenges.map(challengeFault) : "unreadable";
  };

  it.each<[text: string, fault: ReturnType<typeof challengeFault>]>([
    ["Bearer", { kind: "bare" }],
    ["bearer abc", { kind: "bare" }],
    ['Bearer realm="a"', undefined],
    ['BEARER error="invalid_token", ERROR=a', { kind: "repeated", name: "error" }],
    ["Basic", { kind: "no-realm" }],
    ['Basic charset="UTF-8"', { kind: "no-realm" }],
    ["Basic realm=a", { kind: "bare-realm" }],
    ["Digest Realm=a", { kind: "bare-realm" }],
    ["NTLM", undefined],
    ['Bearer error="invalid_request"', undefined],
    ['Bearer error="insufficient_user_authentication"', undefined],
    ["Bearer error=wrong", { kind: "unknown-error", error: "wrong" }],
    ["Other error=wrong", undefined],
  ])("of %j", (text, expected) => {
    expect(fault(text)).toEqual([expected]);
  });
});
