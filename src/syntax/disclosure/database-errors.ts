import type { DisclosurePattern } from "./pattern.ts";

/** What databases and the layers above them say when a statement fails. */
export const databaseErrors: readonly DisclosurePattern[] = [
  {
    id: "postgresql",
    what: "PostgreSQL",
    pattern:
      /\bduplicate key value violates unique constraint\b|\b(?:insert or update|update or delete) on table "[^"\n]{1,100}" violates|\bviolates (?:not-null|check|foreign key|exclusion) constraint\b|\b(?:relation|column) "?[\w.]{1,100}"? (?:of relation "[^"\n]{1,100}" )?does not exist\b|\bsyntax error at or near "|\binvalid input syntax for (?:type )?(?:integer|bigint|uuid|json|boolean|timestamp|date|numeric)\b|\bpassword authentication failed for user "|\bvalue too long for type character(?: varying)?\(\d{1,9}\)|\bPG::[A-Z]\w{1,80}\b/g,
    source: "https://www.postgresql.org/docs/current/errcodes-appendix.html",
    example: 'duplicate key value violates unique constraint "courses_title_key"',
    unlike: [
      "A relation of this course does not exist",
      "The column does not exist",
      "The title must be unique",
      "The value is too long for type character",
    ],
  },
  {
    id: "mysql",
    what: "MySQL",
    pattern:
      /\bYou have an error in your SQL syntax\b|\bER_(?:DUP_ENTRY|PARSE_ERROR|NO_SUCH_TABLE|BAD_FIELD_ERROR|ACCESS_DENIED_ERROR|LOCK_DEADLOCK|ROW_IS_REFERENCED\w{0,4}|NO_REFERENCED_ROW\w{0,4})\b|\bDuplicate entry '[^'\n]{0,200}' for key '|\bUnknown column '[^'\n]{1,100}' in '|\bTable '[\w$-]{1,64}\.[\w$-]{1,64}' doesn't exist|\ba foreign key constraint fails \(|\bAccess denied for user '[^'\n]{0,80}'@'/g,
    source: "https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html",
    example: "Duplicate entry 'Algebra' for key 'courses.title'",
    unlike: ["A duplicate entry for this key", "Table 4 doesn't exist", "Access denied for user alice"],
  },
  {
    id: "sqlite",
    what: "SQLite",
    pattern:
      /\bSQLITE_(?:ERROR|CONSTRAINT|BUSY|LOCKED|READONLY|CANTOPEN|MISMATCH|CORRUPT)\w{0,40}\b|\b(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed\b|\bno such (?:table|column): \w|\bsqlite3\.\w{1,30}Error\b/g,
    source: "https://www.sqlite.org/rescode.html",
    example: "UNIQUE constraint failed: courses.title",
    unlike: ["A unique constraint failed", "There is no such table.", "no such course: 7"],
  },
  {
    id: "sql-server",
    what: "SQL Server",
    pattern:
      /\bIncorrect syntax near (?:the keyword )?'|\bViolation of (?:UNIQUE|PRIMARY) KEY constraint\b|\bCannot insert duplicate key (?:row )?in object\b|\bUnclosed quotation mark after the character string\b|\bConversion failed when converting the n?varchar value\b|\bInvalid (?:object|column) name '|\bSystem\.Data\.SqlClient\b|\bMicrosoft\.Data\.SqlClient\b|\bLogin failed for user '/g,
    source: "https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors",
    example: "Violation of UNIQUE KEY constraint 'UQ_Courses_Title'. Cannot insert duplicate key in object 'dbo.Courses'.",
    unlike: ["The syntax is incorrect near the end", "An invalid column name was given"],
  },
  {
    id: "oracle",
    what: "Oracle",
    pattern: /\b(?:ORA|PLS|TNS)-\d{5}\b/g,
    source: "https://docs.oracle.com/en/error-help/db/",
    example: "ORA-00001: unique constraint (COURSES.TITLE_UK) violated",
    unlike: ["ORA-7", "FLORA-00001"],
  },
  {
    id: "mongodb",
    what: "MongoDB",
    pattern:
      /\bE11000 duplicate key error\b|\bMongo(?:Server|BulkWrite|Network|ServerSelection|Write)?Error\b|\bCast to ObjectId failed\b/g,
    source: "https://www.mongodb.com/docs/manual/reference/error-codes/",
    example: "E11000 duplicate key error collection: courses.courses index: title_1",
    unlike: ["A duplicate key error", "E11000"],
  },
  {
    id: "orm",
    what: "a database layer",
    pattern:
      /\bSQLSTATE\[\w{5}\]|\(Background on this error at: https:\/\/sqlalche\.me\/|\bInvalid `prisma\.|\bPrismaClient\w{1,40}Error\b|\bcould not execute (?:statement|query)(?: \[|;)|\bHibernateException\b|\bSequelize\w{0,40}Error\b|\bQueryFailedError\b/g,
    source: "https://www.php.net/manual/en/class.pdoexception.php",
    example: "SQLSTATE[23000]: Integrity constraint violation: 1062",
    unlike: ["SQLSTATE", "could not execute the launch", "prisma"],
  },
  {
    id: "statement",
    what: "a database",
    // Whole statements: words in capitals or in quotes that no sentence puts in this order.
    pattern:
      /\b(?:SELECT [^\n;]{1,300} FROM ["`[]?\w{1,80}["`\]]?(?:\.["`[]?\w{1,80}["`\]]?)? (?:WHERE|JOIN|LEFT|INNER|ORDER|LIMIT|GROUP|AS)\b|INSERT INTO ["`[]?\w{1,80}["`\]]?[^\n;()]{0,100}\(|UPDATE ["`[]?\w{1,80}["`\]]? SET ["`[]?\w{1,80}["`\]]? ?=|DELETE FROM ["`[]?\w{1,80}["`\]]? WHERE\b)|\b(?:insert into|update|delete from|select [^\n;]{1,300} from) "\w{1,80}"(?: |\.|\()/g,
    source: "https://www.iso.org/standard/76583.html (ISO/IEC 9075-1)",
    example: 'insert into "courses" ("title") values ($1)',
    unlike: ["Select a course from the list where you work", "Update the course", "SELECT YOUR COURSE FROM HERE"],
  },
];

/** None of them is without it: a sentence that is, as most are, need not be looked through. */
export const databaseHint =
  /constraint|[Vv]iolat|does not exist|doesn't exist|syntax|authentication failed|too long for type|PG::|ER_|uplicate|Unknown column|denied|SQL|SqlClient|sqlite3|no such (?:table|column)|Unclosed|Conversion failed|Invalid|Login failed|(?:ORA|PLS|TNS)-|E11000|Mongo|ObjectId|sqlalche|risma|could not execute|Hibernate|Sequelize|QueryFailed|SELECT|INSERT|UPDATE|DELETE|insert into|update|delete from|select/;
