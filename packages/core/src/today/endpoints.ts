import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Facility } from "../facilities/schema.ts";
import { DoctorId } from "../ids.ts";
import { BedFigure, Figure, SubjectKind } from "../observations/schema.ts";
import { Instant } from "../time.ts";

/** Most neighbours that are shown beside a facility. */
export const NEIGHBOURS_MAX = 5;

/** What a facility nearby reports of the same things: who reports sees more than who does not. */
export const Neighbour = Facility.pick({
  id: true,
  name: true,
  names: true,
  phones: true,
  emergencyPhone: true,
}).extend({
  distance: z.int().min(0).describe("Metres along the great circle"),
  beds: z.array(BedFigure),
  figures: z.array(Figure),
});
export type Neighbour = z.infer<typeof Neighbour>;

/** Everything live about one of my facilities, expired numbers as well, with what waits there. */
export const TodayOfFacility = Facility.pick({ id: true, name: true, names: true, kind: true }).extend({
  reports: z.array(SubjectKind).describe("The kinds of figure that I may report there"),
  beds: z.array(BedFigure),
  figures: z
    .array(Figure)
    .describe("Apart from beds and shelves; those that were set until a moment that is over are left out"),
  doctors: z
    .array(z.object({ id: DoctorId, name: z.string(), names: Facility.shape.names }))
    .describe("Whom the figures of duty are about"),
  shelf: z
    .object({ lines: z.int().min(0), oldestSeenAt: Instant.nullable(), newestSeenAt: Instant.nullable() })
    .nullable()
    .describe("The shelf of medicines; null where none was ever reported"),
  holds: z
    .object({ requested: z.int().min(0), accepted: z.int().min(0) })
    .nullable()
    .describe("Open holds; null for who does not answer them"),
  neighbours: z.array(Neighbour),
});
export type TodayOfFacility = z.infer<typeof TodayOfFacility>;

export const getToday = endpoint({
  method: "GET",
  path: "/today",
  access: "signed-in",
  noun: "today",
  summary: "Every live figure of my facilities with its age, what waits there, and what neighbours report",
  reply: z.object({ facilities: z.array(TodayOfFacility) }),
});
