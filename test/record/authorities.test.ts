import { rootCertificates } from "node:tls";
import { expect, it } from "vitest";
import { authoritiesFault } from "../../src/recording/authorities-fault.ts";

const [one = "", other = ""] = rootCertificates;
const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const none = "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)";

it.each([
  ["one certificate", one, undefined],
  ["several, with words between them", `# root\n${one}\n# other\r\n${other}`, undefined],
  ["an old label", one.replaceAll(" CERTIFICATE", " X509 CERTIFICATE"), undefined],
  ["nothing", "", none],
  ["a contract", "envelint: 1\ntitle: shop\n", none],
  ["a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", none],
  ["a certificate that was cut", one.slice(0, 200), none],
  ["a broken certificate", broken, "holds a certificate that cannot be read"],
  ["a broken one behind a good one", `${one}\n${broken}`, "holds a certificate that cannot be read, number 2"],
])("%s as a file of authorities", (_, text, fault) => {
  expect(authoritiesFault(text)).toBe(fault);
});
