import type { Resource, ResourceType } from "@medplum/fhirtypes";
import { z } from "zod";

/** One write, as its own request or as an entry of a transaction. */
export interface Write {
  method: "POST" | "PUT";
  type: ResourceType;
  /** Of what is changed; undefined of what is created. */
  id: string | undefined;
  resource: Resource;
  /** By which other entries name it: `urn:uuid:...`. */
  fullUrl: string | undefined;
  /** The version that the change was made from. */
  ifMatch: string | undefined;
}

export const Written = z.object({
  status: z.union([z.literal(200), z.literal(201)]),
  type: z.custom<ResourceType>((type) => typeof type === "string"),
  id: z.string(),
});
export type Written = z.infer<typeof Written>;
