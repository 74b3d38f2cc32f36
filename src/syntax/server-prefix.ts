/** Why a text is no URL prefix to judge by; undefined = it is one. */
export function serverFault(prefix: string): string | undefined {
  const scheme = /^([^:/?#]+):\/\//.exec(prefix)?.[1]?.toLowerCase();
  const host = prefix.replace(/^[^:/?#]+:\/\//, "");
  const fits = (scheme === undefined || scheme === "http" || scheme === "https") && host !== "" && !/^[/?#:]|[\s*]/.test(host);
  return fits ? undefined : "is not a URL prefix. Write it like https://api.example.com/v1.";
}
