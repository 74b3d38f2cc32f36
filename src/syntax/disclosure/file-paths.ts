import type { DisclosurePattern } from "./pattern.ts";

/** Paths of a server's own files. Nothing of a URL may stand before one. */
export const filePaths: readonly DisclosurePattern[] = [
  {
    id: "system",
    what: "a path of the server's file system",
    pattern:
      /(?<![\w.:/~%=?&-])(?:\/var\/(?:www|lib|log|task|run|opt|app)|\/usr\/(?:src|local|lib|share|bin)|\/etc|\/proc\/(?:self|\d{1,7}))\/[\w.@+-]{1,100}(?:\/[\w.@+-]{1,100}){0,20}/g,
    source: "https://refspecs.linuxfoundation.org/FHS_3.0/fhs-3.0.html",
    example: "could not open /var/www/courses/config",
    unlike: ["https://courses.example/var/www/x", "GET /v1/var/www", "/usr", "a/etc/passwd"],
  },
  {
    id: "project",
    what: "a path of the server's file system",
    // These first segments stand in URLs as well: only a file's ending tells.
    pattern:
      /(?<![\w.:/~%=?&-])\/(?:home|Users|opt|srv|app|apps|root|tmp|data|mnt|code|workspace|src|build|builds)\/(?:[\w.@+-]{1,100}\/){0,20}[\w.@+-]{0,100}\.(?:[cm]?[jt]sx?|pyc?|rb|php|java|class|jar|kt|scala|go|rs|exs?|erl|p[lm]|cs|dll|so|conf|cfg|ini|ya?ml|env|log|sql|sqlite3?|pem|key|sh|twig|erb)\b/g,
    source: "https://cwe.mitre.org/data/definitions/209.html",
    example: "no such file: /srv/courses/templates/launch.twig",
    unlike: ["https://courses.example/app/main.js", "/home/courses/launch", "/app/orders", "see /data/courses.json"],
  },
  {
    id: "windows",
    what: "a path of the server's file system",
    pattern: /(?<![\w/])[A-Za-z]:\\(?:[\w .()$-]{1,100}\\){1,20}[\w.$-]{1,100}/g,
    source: "https://learn.microsoft.com/windows/win32/fileio/naming-a-file",
    example: "Could not load C:\\inetpub\\wwwroot\\Courses\\web.config",
    unlike: ["C:\\", "a:\\b", "https:\\\\courses.example\\x"],
  },
];

/** None of them is without it: a sentence that is, as most are, need not be looked through. */
export const pathHint = /[\\/]/;
