import { z } from "zod";
import { BedFigure, Figure } from "../observations/schema.ts";
import { BloodGroup } from "../blood/schema.ts";
import { FacilityKind } from "../facilities/schema.ts";
import { AlertId, FacilityId } from "../ids.ts";

/** What a reader of the live stream can ask for. */
export const Topic = z
  .string()
  .max(120)
  .refine((text) => {
    const at = text.indexOf(":");
    const rest = text.slice(at + 1);
    switch (at === -1 ? text : text.slice(0, at)) {
      case "facility":
        return FacilityId.safeParse(rest).success;
      case "kind":
        return FacilityKind.safeParse(rest).success;
      case "blood":
        return BloodGroup.safeParse(rest).success;
      case "medicine":
      case "emergency":
        return /^[A-Za-z0-9_-]{1,64}$/.test(rest);
      case "alerts":
        return text === "alerts";
      default:
        return false;
    }
  }, "not a topic: facility:<id>, kind:<kind>, blood:<group>, medicine:<id>, emergency:<id> or alerts")
  .brand("Topic");
export type Topic = z.infer<typeof Topic>;

/** Most topics of one connection. */
export const TOPICS_MAX = 100;

/**
 * The `data` of an event. `bed` and `figure`: a figure was changed or confirmed; `facility`: the
 * page was changed, read it again; `stock`: its shelf was spoken of, read again what you show of it; `alert`: a warning was issued, changed
 * or ended, read them again; `reset`: the stream was lost for longer than it is kept, read
 * everything again; `gone`: this reader was too slow or the server stops, connect again.
 */
export const LiveEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("bed"), facility: FacilityId, figure: BedFigure }),
  z.object({ kind: z.literal("figure"), facility: FacilityId, figure: Figure }),
  z.object({ kind: z.literal("facility"), facility: FacilityId }),
  z.object({
    kind: z.literal("stock"),
    facility: FacilityId,
    medicines: z.array(z.string()).describe("Those that were spoken of; none when the whole shelf was"),
  }),
  z.object({ kind: z.literal("alert"), alert: AlertId }),
  z.object({ kind: z.literal("reset") }),
  z.object({ kind: z.literal("gone"), reason: z.enum(["too-slow", "server-stops"]) }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;
