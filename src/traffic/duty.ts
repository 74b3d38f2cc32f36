import { type ErrorAnswer, type Meeting, type Row, rowsLeft } from "../model/contract.ts";

/** The first meeting of which every row that may be meant passes the test: a duty is judged only there. */
export function meetingWhere(answer: ErrorAnswer, test: (row: Row) => boolean): Meeting | undefined {
  return answer.meetings.find((meeting) => {
    const rows = rowsLeft(meeting);
    return rows.length > 0 && rows.every(test);
  });
}

/** Did somebody whom the contract does not know answer in the API's place? What the rows promise is then not theirs to keep. */
export function isForeignVoice({ gateway, envelope }: ErrorAnswer): boolean {
  return gateway !== undefined && envelope?.intermediary !== true;
}
