/**
 * What HSDS 3.0 requires of each entity (openreferral/specification, schema/*.json, 3.0), and under
 * which names entities stand inside of others. Written down apart from the mapping, to check it.
 */
const REQUIRED: Record<string, readonly string[]> = {
  organization: ["id", "name", "description"],
  service: ["id", "name", "status"],
  service_at_location: ["id", "service_id", "location_id"],
  location: ["id", "location_type"],
  address: ["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
  phone: ["id", "number"],
  schedule: ["id"],
  accessibility: ["id"],
  attribute: ["id", "link_id", "taxonomy_term_id", "link_entity"],
  organization_identifier: ["id", "organization_id", "identifier_type", "identifier"],
  taxonomy: ["id", "name", "description"],
  taxonomy_term: ["id", "name", "description"],
};

const INSIDE: Record<string, string> = {
  addresses: "address",
  phones: "phone",
  schedules: "schedule",
  accessibility: "accessibility",
  attributes: "attribute",
  organization_identifiers: "organization_identifier",
  taxonomy_term: "taxonomy_term",
  taxonomy_detail: "taxonomy",
  locations: "location",
  location: "location",
  services: "service",
  service: "service",
  organization: "organization",
  service_at_locations: "service_at_location",
};

/** What is missing in an entity and in all that it holds, in words. */
export function wrongInEntity(entity: string, given: object): string[] {
  const fields = new Map(Object.entries(given));
  const missing = (REQUIRED[entity] ?? ["(unknown)"]).filter((name) => fields.get(name) === undefined);
  const inside = [...fields].flatMap(([name, value]) => {
    const of = INSIDE[name];
    const all: unknown[] = Array.isArray(value) ? value : [value];
    return of === undefined
      ? []
      : all.flatMap((one) => (typeof one === "object" && one !== null ? wrongInEntity(of, one) : []));
  });
  return [...missing.map((name) => `${entity} has no ${name}`), ...inside];
}
