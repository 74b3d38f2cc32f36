import type { DisclosurePattern } from "./pattern.ts";

/** One line of a stack trace, by language. `what` is the language. Where two fit a line, the first is meant. */
export const stackFrames: readonly DisclosurePattern[] = [
  {
    id: "java",
    what: "Java",
    pattern:
      /\bat [\w$./@<>-]{3,300}\.[\w$<>]{1,100}\((?:[\w$-]{1,100}\.(?:java|kt|scala|groovy|clj):\d{1,6}|Native Method|Unknown Source|<generated>)\)/g,
    source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Throwable.html#printStackTrace()",
    example: "\tat com.example.courses.Launcher.launch(Launcher.java:41)",
    unlike: ["It happens at launch(Launcher)", "at 12:30 (Java time)", "See Launcher.java:41"],
  },
  {
    id: "dotnet",
    what: ".NET",
    pattern:
      /^[ \t]{0,8}at (?:(?:[A-Za-z_]\w{0,80}[.+]){1,12}[\w<>`$.|[\],]{1,120}\([^():\n]{0,300}\) in [^\n]{1,300}:line \d{1,7}|(?:[A-Za-z_]\w{0,80}[.+]){2,12}[\w<>`$.|[\],]{1,120}\([^():\n]{0,300}\)[ \t]*$)/gm,
    source: "https://learn.microsoft.com/dotnet/api/system.exception.stacktrace",
    example: "   at Courses.Api.Launcher.Launch(String id) in C:\\src\\Courses\\Launcher.cs:line 41",
    unlike: ["at launch (see the manual)", "look at courses.example.com (the manual) in chapter 3", "at startup.config(once)"],
  },
  {
    id: "python",
    what: "Python",
    pattern: /\bFile "[^"\n]{1,300}", line \d{1,7}, in [\w<>.]{1,100}/g,
    source: "https://docs.python.org/3/library/traceback.html",
    example: 'File "/srv/courses/launch.py", line 41, in launch',
    unlike: ['File "notes.csv", line 3: a comma is missing', 'File "notes.csv" not found'],
  },
  {
    id: "node",
    what: "JavaScript",
    pattern:
      /\bat (?:async )?(?:[\w$.<>[\] #]{1,150} )?\(?(?:file:\/\/\/?|node:|webpack:\/\/|[A-Za-z]:\\|\/)[^\s():]{1,300}:\d{1,7}:\d{1,7}\)?/g,
    source: "https://v8.dev/docs/stack-trace-api",
    example: "    at async Launcher.launch (/srv/courses/launch.js:41:13)",
    unlike: ["at https://courses.example:443/launch", "Look at /v1/courses:launch", "at 10:41:13"],
  },
  {
    id: "php",
    what: "PHP",
    pattern:
      /#\d{1,3} (?:[^\s()]{1,300}\.php\(\d{1,6}\)|\[internal function\]): [\w\\]{1,200}|\bin \/[^\s:]{1,300}\.php(?: on line |:)\d{1,6}/g,
    source: "https://www.php.net/manual/en/exception.gettraceasstring.php",
    example: "#0 /srv/courses/Launcher.php(41): Courses\\Launcher->launch()",
    unlike: ["#1 launch.php", "Call /launch.php with a course", "#3 (41): done"],
  },
  {
    id: "ruby",
    what: "Ruby",
    pattern: /[\w.@-]{1,100}\.rb:\d{1,6}:in [`'"]/g,
    source: "https://docs.ruby-lang.org/en/master/Exception.html#method-i-backtrace",
    example: "app/models/launcher.rb:41:in 'Launcher#launch'",
    unlike: ["launcher.rb:41", "launcher.rb is in 'models'"],
  },
  {
    id: "go",
    what: "Go",
    pattern: /\bgoroutine \d{1,7} \[[\w ,]{1,60}\]:|\b[\w.-]{1,100}\.go:\d{1,6} \+0x[0-9a-f]{1,8}\b/g,
    source: "https://pkg.go.dev/runtime/debug#PrintStack",
    example: "\t/srv/courses/launch.go:41 +0x1d",
    unlike: ["launch.go:41", "goroutine 7", "go:41 +0x1d"],
  },
  {
    id: "rust",
    what: "Rust",
    pattern: /\bthread '[^'\n]{1,80}' panicked at |\bat [\w./@-]{1,300}\.rs:\d{1,6}(?::\d{1,6})?\b/g,
    source: "https://doc.rust-lang.org/std/backtrace/",
    example: "             at ./src/launch.rs:41:13",
    unlike: ["Look at lib.rs", "thread 'main' is busy"],
  },
  {
    id: "elixir",
    what: "Elixir",
    pattern: /\b(?:lib|web|src)\/[\w/.]{1,200}\.(?:exs?|erl):\d{1,6}: [\w.:]{1,200}\/\d/g,
    source: "https://hexdocs.pm/elixir/Exception.html#format_stacktrace/2",
    example: "(courses 0.1.0) lib/courses/launcher.ex:41: Courses.Launcher.launch/2",
    unlike: ["lib/courses/launcher.ex:41", "src/1.2: a/3"],
  },
  {
    id: "perl",
    what: "Perl",
    pattern: /\bat [^\s:]{1,300}\.p[lm] line \d{1,6}\b/g,
    source: "https://perldoc.perl.org/functions/die",
    example: 'Can\'t call method "launch" on an undefined value at /srv/courses/Launcher.pm line 41.',
    unlike: ["Look at line 41", "We meet at 3 pm, line 4"],
  },
];

/** None of them is without it: a sentence that is, as most are, need not be looked through. */
export const frameHint = /[0-9(]|panicked/;
