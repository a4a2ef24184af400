import { urlOf } from "@ihims/core/endpoint.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { ProblemDetails } from "@ihims/core/problem.ts";
import { reportStock, StockListReport, type RejectedLine } from "@ihims/core/stock/endpoints.ts";
import { Refused, Unreachable } from "../../platform/api.ts";

/** What a workbook is sent as. */
const WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A list as it is sent: a table in text, or a workbook as it lies on the disk. */
export type ListBody = string | File;

/** Whether a file is a workbook, which only the server takes apart. */
export function isWorkbook({ name, type }: Pick<File, "name" | "type">): boolean {
  return type === WORKBOOK_TYPE || /\.xlsx$/i.test(name);
}

/**
 * Send a list as the table that it is.
 *
 * @throws Refused when the server says no, Unreachable when there is no answer
 */
export async function sendList(
  facility: FacilityId,
  list: ListBody,
  { map, isFull, isPreview }: { map: string; isFull: boolean; isPreview: boolean },
): Promise<StockListReport> {
  const query = {
    ...(map === "" ? {} : { map }),
    ...(isFull ? { snapshot: "full" } : {}),
    ...(isPreview ? { preview: "true" } : {}),
  };
  const response = await fetch(urlOf(reportStock, { params: { id: facility }, query }), {
    method: "POST",
    headers: {
      "content-type": typeof list === "string" ? "text/csv" : WORKBOOK_TYPE,
      accept: "application/json",
    },
    body: list,
  }).catch((cause: unknown) => {
    throw new Unreachable(cause);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Refused(response.status, ProblemDetails.safeParse(body).data);
  return StockListReport.parse(body);
}

/** The refused lines as a table to be mended: what is wrong, then the line as it came. */
export function rejectedCsv(lines: readonly RejectedLine[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = lines.map(({ line, detail, text = "" }) => `${line},${quoted(detail)},${quoted(text)}`);
  return `line,problem,text\r\n${rows.join("\r\n")}\r\n`;
}
