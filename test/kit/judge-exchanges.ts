export * from "../../src/engine/judge-exchanges.ts";
