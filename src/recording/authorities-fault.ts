import { X509Certificate } from "node:crypto";

/**
 * Why a file of authorities cannot be one; undefined = it can. TLS takes a file without certificates, or with a broken one, without a word, and
 * trusts nobody by it.
 */
export function authoritiesFault(pem: string): string | undefined {
  const certificates = pem.match(/-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g) ?? [];
  if (certificates.length === 0) return "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)";
  const broken = certificates.findIndex((certificate) => !isReadable(certificate));
  if (broken < 0) return undefined;
  return certificates.length === 1
    ? "holds a certificate that cannot be read"
    : `holds a certificate that cannot be read, number ${broken + 1}`;
}

function isReadable(certificate: string): boolean {
  try {
    new X509Certificate(certificate);
    return true;
  } catch {
    return false;
  }
}
