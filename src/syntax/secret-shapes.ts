import { passwordNames, secretNames } from "./secret-names.ts";

/** What a secret looks like, wherever it stands. */
export interface SecretShape {
  readonly id: string;
  /** For people: "a secret key of Stripe's". */
  readonly what: string;
  /** What a report hides: wide, since a word too many hidden costs little. Global; linear, without nested repeats. */
  readonly wide: RegExp;
  /** [nothing] What a report keeps of it: `$1`. */
  readonly keeps?: string;
  /** True: it stands in JSON, and what stands for it is to be a string. */
  readonly isBare?: true;
  /** What is told as a leak: the whole secret as its issuer writes it. Without it the shape is only hidden. */
  readonly whole?: RegExp;
  /** True where servers also hand it out on purpose: it is a leak only where it is repeated, or stands among words. */
  readonly isIssued?: true;
  readonly source: string;
  /** Made up, and in parts, so that no scanner takes this file for a leak. */
  readonly example: readonly string[];
  /** Look alike and are no leak; where there is no `whole`, are not hidden. */
  readonly unlike: readonly string[];
}

/** A string in a list, without spaces, that is no plain word. */
const item = '\\\\*"(?![a-z_]*\\\\*")[^"\\\\\\s]{1,4096}\\\\*"';

/** As it is, or as JSON writes it. */
const newLine = "(?:\\r?\\n|(?:\\\\{1,8}r)?\\\\{1,8}n)";

/** Every shape that is known: what a report hides, and what disclosure/secret-echoed tells. */
export const secretShapes: readonly SecretShape[] = [
  {
    id: "private-key",
    what: "a private key",
    wide: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
    whole: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----\s{0,4}[A-Za-z0-9+/=]{16,64}/,
    source: "https://www.rfc-editor.org/rfc/rfc7468#section-10",
    example: ["-----BEGIN PRIVATE ", "KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC"],
    unlike: ["-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOC", "-----BEGIN PRIVATE KEY-----\n…"],
  },
  {
    id: "jwt",
    what: "a JSON Web Token",
    wide: /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){0,2}/g,
    whole: /\beyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{4,4000}\.[A-Za-z0-9_-]{16,1000}/,
    isIssued: true,
    source: "https://www.rfc-editor.org/rfc/rfc7519#section-3.1",
    example: ["eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiJjcnNfNyJ9.", "Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVe"],
    unlike: ["eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOi...", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjcnNfNyJ9.<signature>"],
  },
  {
    id: "scheme",
    what: "a credential behind its scheme",
    // A digit tells a key from the words that follow these names in prose and in challenges.
    wide: /\b(Bearer|Basic|Digest|Token|ApiKey)(\s+)(?=[^\s"]{0,200}[0-9])[A-Za-z0-9._~+/=:-]{6,}/gi,
    keeps: "$1$2",
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-11.4",
    example: ["Bearer ", "Zq81xKp0"],
    unlike: ["The bearer token expired", "Basic authentication"],
  },
  {
    id: "stripe",
    what: "a secret key of Stripe's",
    // Behind an underscore only with its mode: `invalid_pk_constraint` is a word.
    wide: /(?:\b(?:sk|pk|rk|whsec)_(?:live_|test_)?|(?<=_)(?:sk|pk|rk)_(?:live|test)_)[A-Za-z0-9]{10,}/g,
    whole: /\b(?:(?:sk|rk)_live|whsec)_[A-Za-z0-9]{16,250}/,
    source: "https://docs.stripe.com/keys",
    example: ["sk_", "live_", "9Qm3vT0xk9LrWz2uYpN6sD1f"],
    unlike: ["sk_test_9Qm3vT0xk9LrWz2uYpN6sD1f", "pk_live_9Qm3vT0xk9LrWz2uYpN6sD1f", "sk_live_...sD1f"],
  },
  {
    id: "github",
    what: "a token of GitHub's",
    wide: /(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_)[A-Za-z0-9._-]{12,}/g,
    whole: /\b(?:gh[pousr]_[A-Za-z0-9]{36,250}|github_pat_[A-Za-z0-9_]{60,250})/,
    source: "https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/",
    example: ["ghp_", "9Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVeB4n"],
    unlike: ["ghp_9Qm3vT0xk9Lr", "ghp_…B4nQ"],
  },
  {
    id: "gitlab",
    what: "a token of GitLab's",
    wide: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9._-]{12,}/g,
    whole: /\bglpat-[A-Za-z0-9_-]{20,250}/,
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
    example: ["glpat-", "9Qm3vT0xk9LrWz2uYpN6"],
    unlike: ["glpat-9Qm3vT"],
  },
  {
    id: "slack",
    what: "a token of Slack's",
    wide: /(?<![A-Za-z0-9])(?:xox[abeoprs]-|xapp-)[A-Za-z0-9._-]{12,}/g,
    whole: /\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{20,250}/,
    source: "https://docs.slack.dev/authentication/tokens",
    example: ["xoxb-", "471833092-9Qm3vT0xk9LrWz2uYpN6"],
    unlike: ["xoxb-471833092"],
  },
  {
    id: "openai",
    what: "a secret key of OpenAI's or Anthropic's",
    wide: /\bsk-[A-Za-z0-9._-]{12,}/g,
    whole: /\bsk-[A-Za-z0-9_-]{24,250}/,
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: ["sk-", "proj-9Qm3vT0xk9LrWz2uYpN6sD1fGhJ8"],
    unlike: ["sk-proj-****************N6sD", "sk-...N6sD"],
  },
  {
    id: "npm",
    what: "a token of npm's",
    wide: /\bnpm_[A-Za-z0-9._-]{12,}/g,
    whole: /\bnpm_[A-Za-z0-9]{36}/,
    source: "https://docs.npmjs.com/about-access-tokens",
    example: ["npm_", "9Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVeB4n"],
    unlike: ["npm_config_registry_default"],
  },
  {
    id: "hugging-face",
    what: "a token of Hugging Face's",
    wide: /\bhf_[A-Za-z0-9._-]{12,}/g,
    whole: /\bhf_[A-Za-z0-9]{30,60}/,
    source: "https://huggingface.co/docs/hub/security-tokens",
    example: ["hf_", "9Qm3vTxkLrWzuYpNsDfGhJaKcVeBnQwXy7"],
    unlike: ["hf_9Qm3vTxk"],
  },
  {
    id: "sendgrid",
    what: "a key of SendGrid's",
    wide: /\bSG\.[A-Za-z0-9._-]{12,}/g,
    whole: /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/,
    source: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
    example: ["SG.", "9Qm3vT0xk9LrWz2uYpN6sD.", "1fGhJ8aKcVeB4nQwXy7Zt5Rm3Lp0Hs2Dk6Fg9Jv1Ca"],
    unlike: ["SG.northwest.region.name"],
  },
  {
    id: "google",
    what: "a key or token of Google's",
    wide: /(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9._-]{12,})/g,
    whole: /\b(?:AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])|ya29\.[A-Za-z0-9_-]{30,1000})/,
    source: "https://docs.cloud.google.com/docs/authentication/api-keys",
    example: ["AIza", "9Qm3vT0xk9LrWz2uYpN6sD1fGhJ8aKcVeB4"],
    unlike: ["AIza9Qm3vT", "ya29.c.short"],
  },
  {
    id: "digitalocean",
    what: "a token of DigitalOcean's",
    wide: /(?<![A-Za-z0-9])dop_v1_[A-Za-z0-9._-]{12,}/g,
    whole: /\bdop_v1_[0-9a-f]{64}/,
    source: "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    example: ["dop_v1_", "8f3a91c07be24d56", "a1b2c3d4e5f60718", "29304152637485960a1b2c3d4e5f6071"],
    unlike: ["dop_v1_8f3a91c0"],
  },
  {
    id: "shopify",
    what: "a token of Shopify's",
    wide: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[A-Za-z0-9._-]{12,}/g,
    whole: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/,
    source: "https://shopify.dev/docs/apps/build/authentication-authorization",
    example: ["shpat_", "8f3a91c07be24d56a1b2c3d4e5f60718"],
    unlike: ["shpat_8f3a91c0"],
  },
  {
    id: "aws-key-id",
    // It names a key and is no secret by itself; AWS's own errors repeat it.
    what: "an AWS access key id",
    wide: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
    example: ["AKIA", "Q3M7T0XK9LRWZ2UY"],
    unlike: ["AKIAQ3M7T0"],
  },
  {
    id: "parameter",
    what: "a parameter that its name tells",
    // Also of a form (`user[password]=`), and in quotes, as in a challenge.
    wide: new RegExp(`((?:^|[?&;,\\s"'([\ue000]|%5B)(?:${secretNames})(?:\\]|%5D)?=\\\\{0,8}["']?)[^&#;\\s"'\\\\]+`, "gi"),
    keeps: "$1",
    source: "CWE-598",
    example: ["?access_", "token=Zq81xKp0"],
    unlike: ["?page=2", '<input name="password" required>'],
  },
  {
    id: "path-session",
    what: "a session in a path",
    wide: /(;(?:jsessionid|sid|phpsessid)=)[^/?#;&\s"'<>\\]+/gi,
    keeps: "$1",
    source: "CWE-598",
    example: [";jsession", "id=Zq81xKp0"],
    unlike: [";v=2"],
  },
  {
    id: "oauth-code",
    what: "an authorization code",
    // The word alone is any error's: only beside `state`, in a query.
    wide: /([?&]code=(?=[^#\s"'<>\\]{1,400}[&]state=)|[?&]state=[^&#\s"'<>\\]{1,400}&code=)[^&#\s"'<>\\]{6,}/gi,
    keeps: "$1",
    source: "https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2",
    example: ["?code=Spl", "xlOBeZQQYbYS6WxSbIA&state=xyz"],
    unlike: ["?code=invalid_request", '{"code":"invalid_request","state":"closed"}'],
  },
  {
    id: "assignment",
    what: "a setting that its name tells",
    wide: /(?<![A-Za-z0-9])(password|passwd|pwd|secret|api[ _-]?key|access[ _-]?token)(\s*[:=]\s*)(?=[^\s"'&]{0,200}[0-9])[^\s"',;&]{6,}/gi,
    keeps: "$1$2",
    source: "CWE-209",
    example: ["pass", "word: hunter2x"],
    unlike: ["password: required"],
  },
  {
    id: "member",
    what: "a member that its name tells",
    // With the mark of the place before the value. What is escaped in it belongs to it.
    wide: new RegExp(`("(?:${secretNames})"\\s*:\\s*[\\ue000]?")(?!")[^"\\\\]*(?:\\\\[^][^"\\\\]*){0,4096}`, "gi"),
    keeps: "$1",
    source: "CWE-209",
    example: ['"pass', 'word": "hunter2"'],
    unlike: ['"message": "hunter2"', '"password": ""'],
  },
  {
    id: "inner-member",
    what: "a member that its name tells, of JSON within JSON",
    // It ends at a quote that is escaped as often as the one that began it; a longer run of escapes belongs to it.
    wide: new RegExp(
      `("(?:${secretNames})\\\\+"\\s*:\\s*[\\ue000]?(\\\\+)")(?!\\2")[^"\\\\]*(?:(?:\\2\\\\+"|\\\\+(?!["\\\\]))[^"\\\\]*){0,4096}`,
      "gi",
    ),
    keeps: "$1",
    source: "CWE-209",
    example: ['"pass', 'word\\": \\"hunter2'],
    unlike: ['"message\\": \\"hunter2\\"', '"password\\": \\"\\"'],
  },
  {
    id: "member-number",
    what: "a number that its member's name tells",
    wide: new RegExp(`("(?:${passwordNames}|pwd)\\\\*"\\s*:\\s*)-?[0-9]{4,100}(?![0-9.])`, "gi"),
    keeps: "$1",
    isBare: true,
    source: "CWE-209",
    example: ['"pass', 'word": 918273645'],
    unlike: ['"status": 918273645', '"password": 422'],
  },
  {
    id: "member-list",
    what: "a list that its member's name tells",
    // Sentences and plain words are what is wrong with a password: `{"errors": {"password": ["is too short"]}}`.
    wide: new RegExp(`("(?:${secretNames})\\\\*"\\s*:\\s*\\[\\s*)${item}(?:\\s*,\\s*${item}){0,20}(?=\\s*[\\],])`, "gi"),
    keeps: "$1",
    isBare: true,
    source: "CWE-209",
    example: ['"pass', 'word": ["hunter2x"]'],
    unlike: ['"password": ["is too short"]', '"password": ["required"]', '"password": ["too_short"]'],
  },
  {
    id: "element",
    what: "an XML element that its name tells",
    wide: new RegExp(
      `(<(?:[\\w.-]{1,40}:)?(?:${secretNames})(?:\\s[^<>]{0,400})?>(?:<!\\[CDATA\\[)?)[^<>]{1,4096}(?=<\\\\?/|\\]\\]>)`,
      "gi",
    ),
    keeps: "$1",
    source: "CWE-209",
    example: ["<password>", "hunter2</password>"],
    unlike: ["Send <token> as <header>", "<message>hunter2</message>"],
  },
  {
    id: "form-part",
    what: "a part of a form that its name tells",
    // Also as a JSON string.
    wide: new RegExp(
      `(name=\\\\*"?(?:[\\w.-]{1,40}\\[)?(?:${secretNames})\\]?\\\\*"?[^\\r\\n\\\\]{0,200}${newLine}(?:[^\\r\\n\\\\]{1,400}${newLine}){0,4}${newLine})(?:[^\\r\\n\\\\]|\\\\+(?![\\\\rn])){1,4096}`,
      "gi",
    ),
    keeps: "$1",
    source: "CWE-209",
    example: ['name="pass', 'word"\r\n\r\nhunter2'],
    unlike: ['name="comment"\r\n\r\nhunter2'],
  },
  {
    id: "connection-string",
    what: "a connection string with its password",
    wide: /(:\/\/)[^/?#\s@"']{1,200}(?=@)/g,
    keeps: "$1",
    whole: /\b(?:postgres(?:ql)?|mysql|mariadb|mssql|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^/?#\s@:"']{0,100}:[^/?#\s@:"']{4,100}@/,
    source: "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS",
    example: ["postgresql://", "courses:Zq81xKp0vT", "@db.courses.example/prod"],
    unlike: ["postgresql://db.courses.example/prod", "https://courses:Zq81xKp0vT@courses.example"],
  },
];
