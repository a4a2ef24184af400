import { z } from "zod";
import { endpoint, pageOf, pageQuery } from "../endpoint.ts";
import { Anomaly } from "./anomalies.ts";
import { LogHead, LogRow } from "./log.ts";

export const listHoldLog = endpoint({
  method: "GET",
  path: "/audit/holds",
  access: "public",
  noun: "audit",
  summary: "Every step of every hold, oldest first, each row chained to the one before by its hash",
  query: z.strictObject(pageQuery),
  reply: pageOf(LogRow),
});

export const listHoldLogHeads = endpoint({
  method: "GET",
  path: "/audit/holds/heads",
  access: "public",
  noun: "audit",
  summary: "Signed heads of the log of holds, newest first: keep one, and a log cut short shows",
  query: z.strictObject(pageQuery),
  reply: pageOf(LogHead),
});

export const listHoldAnomalies = endpoint({
  method: "GET",
  path: "/audit/holds/anomalies",
  access: "signed-in",
  noun: "audit",
  summary: "What looks like beds kept for those who are not on the way; for the city's officers",
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(7) }),
  reply: z.object({ items: z.array(Anomaly) }),
});
