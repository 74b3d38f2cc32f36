const ownHost = /^(?:(?:[^.]+\.)*localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:(?:7f[0-9a-f]{2}:[0-9a-f]+|0:0)\])$/;

/** Does a URL lead to a port of this machine's, under a name or an address that every machine has for itself? */
export function isOwnPort(url: string, port: number): boolean {
  const { hostname, port: given, protocol } = new URL(url);
  const named = given === "" ? (protocol === "https:" ? 443 : 80) : Number(given);
  return named === port && ownHost.test(hostname);
}
