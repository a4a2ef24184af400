import type { Resource, ResourceType } from "@medplum/fhirtypes";

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

export interface Written {
  status: 200 | 201;
  type: ResourceType;
  id: string;
}
