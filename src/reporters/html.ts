import type { Report } from "../model/report.ts";
import { writeDocument } from "./html/document.ts";

/** For reviewers: one HTML file that shows requests and responses, and needs no network. The same report gives the same bytes. */
export function html(report: Report): string {
  return writeDocument(report);
}
