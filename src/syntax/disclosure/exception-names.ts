import type { DisclosurePattern } from "./pattern.ts";

/** Exceptions by their full names, and the sentences that runtimes write for them: a message that nobody wrote for a client. */
export const exceptionNames: readonly DisclosurePattern[] = [
  {
    id: "java",
    what: "Java",
    pattern:
      /\b(?:javax?|jakarta|kotlinx?|scala|org|com|io|net)\.(?:[a-z_]\w{0,40}\.){1,8}[A-Z]\w{0,80}?(?:Exception|Error)\b|\bCannot invoke "[^"\n]{1,200}" because "[^"\n]{1,200}" is null/g,
    source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Throwable.html#toString()",
    example: "java.lang.NullPointerException: course",
    unlike: ["ResourceNotFoundException", "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "org.example.courses"],
  },
  {
    id: "dotnet",
    what: ".NET",
    pattern:
      /\b(?:System|Microsoft|Npgsql|MySql|Newtonsoft|StackExchange|AutoMapper)\.(?:[A-Z]\w{0,60}\.){0,8}[A-Z]\w{0,80}?Exception\b|\bObject reference not set to an instance of an object\b/g,
    source: "https://learn.microsoft.com/dotnet/api/system.exception.tostring",
    example: "System.NullReferenceException: Object reference not set to an instance of an object.",
    unlike: ["ValidationException", "System.Exceptional", "The System Exception desk is closed"],
  },
  {
    id: "python",
    what: "Python",
    pattern:
      /\b(?:sqlalchemy|django|psycopg2?|pymysql|requests|urllib3|httpx|botocore|jinja2|pydantic|pydantic_core|json|asyncio|asyncpg|redis|celery|pymongo|werkzeug|starlette|builtins)\.(?:[a-z_]\w{0,40}\.){0,6}_?[A-Z]\w{2,80}\b|\b(?:KeyError|AttributeError|NameError|IndexError|ZeroDivisionError|UnboundLocalError|ModuleNotFoundError|ImportError|RecursionError|UnicodeDecodeError|NotImplementedError|AssertionError): \S|'\w{1,80}' object (?:has no attribute '|is not (?:subscriptable|callable|iterable)\b)|\binvalid literal for int\(\) with base \d/g,
    source: "https://docs.python.org/3/library/exceptions.html",
    example: "AttributeError: 'NoneType' object has no attribute 'launch'",
    unlike: ["The requests.com site", "django.db", "KeyError", "the object has no attribute named 'launch'"],
  },
  {
    id: "javascript",
    what: "JavaScript",
    pattern:
      /\bCannot (?:read|set) propert(?:y|ies) (?:'[^'\n]{1,100}' )?of (?:undefined|null)\b|\b(?:TypeError|ReferenceError|RangeError): \S|\b[\w$.]{1,100} is not (?:a function|iterable)(?= |$|[".])|\bUnhandledPromiseRejection\b/g,
    source: "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Errors",
    example: "TypeError: Cannot read properties of undefined (reading 'launch')",
    unlike: ["TypeError", "Cannot read this course", "The properties of undefined courses"],
  },
  {
    id: "php",
    what: "PHP",
    pattern:
      /\b(?:Illuminate|Symfony|Doctrine|GuzzleHttp|Laravel|Twig|Slim|CodeIgniter|Cake)\\(?:\w{1,60}\\){0,8}\w{1,80}(?:Exception|Error)\b|\bPDOException\b|\b(?:Uncaught|Fatal error:) \S{0,80}(?:Exception|Error)\b|\bCall to (?:a member function|undefined (?:method|function)) [\w\\]|\bAttempt to read property "\w{1,80}" on \w|\bUndefined (?:variable|array key|index|offset)[: ]{1,2}["$']?\w/g,
    source: "https://www.php.net/manual/en/language.exceptions.php",
    example: "Call to a member function launch() on null",
    unlike: ["Call to action", "Attempt to read failed", "App\\Courses"],
  },
  {
    id: "ruby",
    what: "Ruby",
    pattern:
      /\b(?:ActiveRecord|ActionController|ActionView|ActiveModel|ActiveSupport|AbstractController|Rack|Redis|Mongoid)::\w[\w:]{1,100}\b|\bundefined (?:local variable or )?method [`'"]\w{1,80}[`'"?!]{1,2} for |\bNoMethodError\b/g,
    source: "https://docs.ruby-lang.org/en/master/NoMethodError.html",
    example: "undefined method 'launch' for nil (NoMethodError)",
    unlike: ["undefined method", "The method 'launch' is not for courses"],
  },
  {
    id: "go",
    what: "Go",
    pattern:
      /\bruntime error: (?:invalid memory address|index out of range|slice bounds out of range|integer divide by zero)|\brpc error: code = [A-Z]\w{1,30} desc = /g,
    source: "https://pkg.go.dev/runtime#Error",
    example: "runtime error: invalid memory address or nil pointer dereference",
    unlike: ["a runtime error", "index out of range", "rpc error: code = 5"],
  },
  {
    id: "rust",
    what: "Rust",
    pattern: /\bcalled `(?:Option|Result)::(?:unwrap|expect)\w{0,20}\(\)` on an? `/g,
    source: "https://doc.rust-lang.org/std/option/enum.Option.html#method.unwrap",
    example: "called `Option::unwrap()` on a `None` value",
    unlike: ["the option was called on", "Result::unwrap"],
  },
  {
    id: "elixir",
    what: "Elixir",
    pattern: /\*\* \((?:[A-Z]\w{0,60}\.){0,4}\w{0,80}Error\) |\bno function clause matching in [A-Z]\w/g,
    source: "https://hexdocs.pm/elixir/Exception.html#format/3",
    example: "** (FunctionClauseError) no function clause matching in Courses.Launcher.launch/2",
    unlike: ["(Error) nothing", "no function of that name"],
  },
];

/** None of them is without it: a sentence that is, as most are, need not be looked through. */
export const exceptionHint =
  /Exception|Error|Cannot|reference not set|\w\.\w|' object |invalid literal|is not (?:a function|iterable)|Unhandled|\\|Call to|Attempt to read|ndefined|::|(?:runtime|rpc) error|called `|no function clause/;
