/** Where the terms of the resources come from. What has no home elsewhere is ours, under `urn:ihims`. */

/** IHE mobile Care Services Discovery. */
export const MCSD = "https://profiles.ihe.net/ITI/mCSD";
/** Facility or jurisdiction: of each there is a pair of Organization and Location. */
export const MCSD_TYPES = `${MCSD}/CodeSystem/IHE.mCSD.Organization.Location.Types`;

export const SNOMED = "http://snomed.info/sct";
export const LOINC = "http://loinc.org";
/** Status of a bed (HL7 table 0116). */
export const BED_STATUS = "http://terminology.hl7.org/CodeSystem/v2-0116";
export const PHYSICAL_TYPE = "http://terminology.hl7.org/CodeSystem/location-physical-type";
export const ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
export const ORGANIZATION_TYPE = "http://terminology.hl7.org/CodeSystem/organization-type";
export const ORGANIZATION_ROLE = "http://hl7.org/fhir/organization-role";
export const PRACTITIONER_ROLE = "http://terminology.hl7.org/CodeSystem/practitioner-role";
export const CONNECTION_TYPE = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";
export const BCP_47 = "urn:ietf:bcp:47";

export const FACILITY_KIND = "urn:ihims:facility-kind";
export const OWNERSHIP = "urn:ihims:ownership";
export const BED_TYPE = "urn:ihims:bed-type";
export const SPECIALTY = "urn:ihims:specialty";
export const SERVICE = "urn:ihims:service";
export const SCHEME = "urn:ihims:scheme";
export const JURISDICTION = "urn:ihims:jurisdiction";
/** Our own id, as an identifier. */
export const OWN_ID = "urn:ihims:id";
/** The names that other registers have: `urn:ihims:register:osm`. */
export const REGISTER = "urn:ihims:register:";
/** Numbers in the medical council's register. */
export const MEDICAL_COUNCIL = "urn:ihims:medical-council";

/** Extensions. Those of ours are described in docs/fhir.md. */
export const EXTENSION = {
  /** HL7's: the same text in another language. */
  translation: "http://hl7.org/fhir/StructureDefinition/translation",
  /** HL7's: how far a place that was searched for by `near` is. */
  distance: "http://hl7.org/fhir/StructureDefinition/location-distance",
  /** HL7's: the outline of a place. */
  boundary: "http://hl7.org/fhir/StructureDefinition/location-boundary-geojson",
  beds: "urn:ihims:fhir:bed-availability",
  contactLabel: "urn:ihims:fhir:contact-label",
  hoursException: "urn:ihims:fhir:hours-exception",
  neverOpen: "urn:ihims:fhir:never-open",
  hasEmergency: "urn:ihims:fhir:has-emergency",
  wheelchair: "urn:ihims:fhir:wheelchair",
  attribution: "urn:ihims:fhir:attribution",
  duty: "urn:ihims:fhir:duty",
  dutyMode: "urn:ihims:fhir:duty-mode",
} as const;

/** HL7's Situational Awareness for Novel Epidemic Response: what is counted. */
export const SANER_VALUES = "http://hl7.org/fhir/uv/saner/CodeSystem/MeasuredValues";
export const MEASURE_POPULATION = "http://terminology.hl7.org/CodeSystem/measure-population";
/** Layers of a bed count: staffed, occupied ... */
export const BED_LAYER = "urn:ihims:bed-layer";
/** The measure that reports of beds follow. */
export const BED_MEASURE_URL = "urn:ihims:measure:beds";
/** The age of a figure, on the group that it stands in. */
export const FIGURE_AGE = "urn:ihims:fhir:figure-age";
/** How many of how many figures are in a sum. */
export const SUM_OF = "urn:ihims:fhir:sum-of";
