/** A framework's page for its developers. Two of its marks must stand in the page, since one may be chance. */
export interface DebugPage {
  readonly id: string;
  readonly framework: string;
  /** Looked for in the page as it came. */
  readonly marks: readonly RegExp[];
  readonly source: string;
  /** Made up, and no more than the marks need. */
  readonly example: string;
  /** One mark, or words alike. */
  readonly unlike: readonly string[];
}

export const debugPages: readonly DebugPage[] = [
  {
    id: "django",
    framework: "Django",
    marks: [/<code>DEBUG = True<\/code>/, /Using the URLconf defined in\b/, /\bException Location:/, /\bDjango Version:/],
    source: "https://docs.djangoproject.com/en/stable/ref/settings/#debug",
    example: "<th>Django Version:</th><td>5.1</td></tr><tr><th>Exception Location:</th>",
    unlike: ["<p>Django Version: 5.1</p>", "<title>Server Error (500)</title>"],
  },
  {
    id: "laravel",
    framework: "Laravel",
    marks: [
      /\bIlluminate\\/,
      /\bWhoops[,!]? (?:container|looks like something went wrong)/i,
      /\bflareapp\.io\b|\bwindow\.ignite\b|\bIgnition\b/,
      /\blaravel\/framework\b/,
    ],
    source: "https://laravel.com/docs/errors#configuration",
    example: '<div class="Whoops container"><span>Illuminate\\Database\\QueryException</span>',
    unlike: ["<h1>Whoops, looks like something went wrong.</h1>", "<h1>Ignition of the course failed</h1>"],
  },
  {
    id: "werkzeug",
    framework: "Flask (Werkzeug)",
    marks: [
      /\bWerkzeug Debugger\b/,
      /\bEVALEX(?:_TRUSTED)? =/,
      /\bThe debugger caught an exception in your WSGI application\b/,
      /__debugger__=yes/,
    ],
    source: "https://werkzeug.palletsprojects.com/en/stable/debug/",
    example: "<title>KeyError // Werkzeug Debugger</title><script>var EVALEX = true,</script>",
    unlike: ["<title>Werkzeug Debugger</title>", "<title>500 Internal Server Error</title>"],
  },
  {
    id: "rails",
    framework: "Rails",
    marks: [/\bAction Controller: Exception caught\b/, /\bRails\.root: /, /\bApplication Trace\b/, /\bFramework Trace\b/],
    source: "https://guides.rubyonrails.org/configuring.html#config-consider-all-requests-local",
    example: "<title>Action Controller: Exception caught</title><p><code>Rails.root: /srv/courses</code></p>",
    unlike: ["<title>We're sorry, but something went wrong (500)</title>", "<h1>Application Trace</h1>"],
  },
  {
    id: "aspnet",
    framework: "ASP.NET",
    marks: [
      /\bServer Error in '[^'<\n]{0,200}' Application\./,
      /\bSource Error:/,
      /\bStack Trace:/,
      /\bASP\.NET Version:/,
      /^\[\w{1,80}Exception/m,
    ],
    source: "https://learn.microsoft.com/dotnet/api/system.web.configuration.customerrorssection.mode",
    example: "<h1>Server Error in '/' Application.</h1><b>Source Error:</b><b>Stack Trace:</b>",
    unlike: ["<h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2>", "<h1>Server Error</h1>"],
  },
  {
    id: "aspnet-core",
    framework: "ASP.NET Core",
    marks: [
      /\bAn unhandled exception occurred while processing the request\b/,
      /class="titleerror"/,
      /id="stackpage"/,
      /class="rawExceptionDetails"/,
    ],
    source: "https://learn.microsoft.com/aspnet/core/fundamentals/error-handling#developer-exception-page",
    example: '<h1>An unhandled exception occurred while processing the request.</h1><div class="titleerror">',
    unlike: ["<h1>An unhandled exception occurred while processing the request.</h1>"],
  },
  {
    id: "express",
    framework: "Express",
    marks: [/<title>Error<\/title>/, /<pre>[^<\n]{0,1000}<br>\s{0,4}(?:&nbsp;\s{0,2}){1,4}at /],
    source: "https://expressjs.com/en/guide/error-handling.html",
    example: "<title>Error</title></head><body><pre>Error: no course<br> &nbsp; &nbsp;at launch (/srv/launch.js:41:13)</pre>",
    unlike: ["<title>Error</title></head><body><pre>Internal Server Error</pre>"],
  },
  {
    id: "symfony",
    framework: "Symfony",
    marks: [/\bSymfony Exception\b/, /class="exception-message-wrapper"/, /\bSymfony\\Component\\/, /class="trace-line/],
    source: "https://symfony.com/doc/current/controller/error_pages.html",
    example: '<h1 class="logo"> Symfony Exception</h1><div class="exception-message-wrapper">',
    unlike: ["<h1>Symfony Exception</h1>", "<h1>Oops! An Error Occurred</h1>"],
  },
  {
    id: "spring",
    framework: "Spring Boot",
    marks: [/\bWhitelabel Error Page\b/, /\bat (?:org|java|jakarta|com)\.[\w.$/]{1,300}\(\w{1,100}\.java:\d{1,6}\)/],
    source: "https://docs.spring.io/spring-boot/reference/web/servlet.html#web.servlet.spring-mvc.error-handling",
    example: "<h1>Whitelabel Error Page</h1><div>java.lang.IllegalStateException\n\tat org.courses.Launcher.launch(Launcher.java:41)</div>",
    unlike: ["<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error</p>"],
  },
  {
    id: "tomcat",
    framework: "Tomcat",
    marks: [
      /<h1>HTTP Status \d{3}/,
      /<b>(?:Exception|Root Cause)<\/b>/,
      /\bThe full stack trace of the root cause is available in the server logs\b/,
    ],
    source: "https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Error_Report_Valve",
    example: "<h1>HTTP Status 500 – Internal Server Error</h1><p><b>Exception</b></p><pre>java.lang",
    unlike: ["<h1>HTTP Status 404 – Not Found</h1><p><b>Description</b></p>"],
  },
];
