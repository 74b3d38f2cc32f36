export * from "../../src/rule-files/read-page.ts";
