export * from "../../src/rule-files/make-exchange.ts";
