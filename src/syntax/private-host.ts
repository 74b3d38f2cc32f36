/** Names and addresses that only a network of one's own knows: loopback, RFC 1918, RFC 4193, link-local, one label, a private ending. */
const privateHost =
  /^(?:\[?(?:::1|f[cd][0-9a-f]{2}:|fe80:)|(?:10|127)\.\d|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|[^.[\]]+$|.*\.(?:internal|local|localhost|localdomain|intranet|corp|lan|test|home\.arpa)$)/i;

/** Is a server (`https://10.1.2.3:8443`) one of a private network? */
export function isPrivateServer(server: string): boolean {
  return privateHost.test(server.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/:\d+$/, ""));
}
