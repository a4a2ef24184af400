import type { ExternalId, FacilityKind } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { readOpeningHours } from "../facilities/opening-hours.ts";
import { readOwnership } from "../facilities/ownership.ts";
import { readPhones } from "../facilities/phones.ts";
import { partsOf, rowOf, tidy, type ImportRow, type ReadingOptions } from "../facilities/row.ts";
import { readSpecialties } from "../facilities/specialties.ts";
import { unnamedLabel } from "../facilities/unnamed.ts";
import { readWebsite } from "../facilities/website.ts";
import { readKind } from "./kinds.ts";
import type { Tags } from "./elements.ts";

/** What the licence of OpenStreetMap asks to be shown (ODbL 1.0, section 4.3). */
export const OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL";

const NAME_MAX_CHARS = 300;
const ADDRESS_MAX_CHARS = 500;
const LOCALITY_MAX_CHARS = 120;
const EXTERNAL_IDS_MAX = 20;

/** Countries that write the number before the street. */
const NUMBER_FIRST = new Set(["AU", "CA", "FR", "GB", "IE", "IN", "LK", "MC", "NZ", "PK", "US", "ZA"]);

/** Tags under which a place that has closed for good is still on the map. */
const OUT_OF_SERVICE =
  /^(closed|abandoned|disused|demolished|non.?operational|not.?operational|out.?of.?order)/iu;

/**
 * Read the tags of one element of OpenStreetMap as a facility. Figures in tags (`beds`) are years
 * old and never become live ones: they are only noted.
 *
 * @param id its name there, as `node/123`
 */
export function facilityFromTags(
  id: string,
  tags: Tags,
  position: Position,
  options: ReadingOptions,
): ImportRow {
  const name = nameOf(tags);
  const kind = readKind(tags);
  if (!kind.ok)
    return { kind: "rejected", place: id, name: name ?? null, field: kind.field, reason: kind.reason };
  const status = tags["operational_status"] ?? "";
  if (OUT_OF_SERVICE.test(status)) {
    return {
      kind: "rejected",
      place: id,
      name: name ?? null,
      field: "operational_status",
      reason: `is not in service: ${status}`,
    };
  }
  const { notes, specialties, hours, website } = readWithNotes(tags, position, options);
  if (kind.note) notes.unshift(kind.note);
  const identity: ExternalId = { system: "osm", value: id };
  return rowOf(
    id,
    {
      name: name ?? unnamedLabel(kind.kind),
      names: namesOf(tags),
      kind: kind.kind,
      ownership: readOwnership(tags["operator:type"] ?? tags["ownership"]),
      position,
      address: addressOf(tags, options.countryCode),
      locality: tidy(
        tags["addr:suburb"] ?? tags["addr:neighbourhood"] ?? tags["addr:quarter"] ?? tags["addr:subdistrict"],
        LOCALITY_MAX_CHARS,
      ),
      phones: readPhones(
        PHONE_KEYS.map((key) => tags[key]),
        countryOf(tags, options),
      ),
      emergencyPhone:
        readPhones(
          EMERGENCY_PHONE_KEYS.map((key) => tags[key]),
          countryOf(tags, options),
        )[0]?.number ?? null,
      website,
      hours,
      hasEmergency: tags["emergency"] === "yes" ? true : tags["emergency"] === "no" ? false : null,
      wheelchair: wheelchairOf(tags["wheelchair"]),
      specialties,
      externalIds: [identity, ...otherIdsOf(tags)].slice(0, EXTERNAL_IDS_MAX),
      attribution: OSM_ATTRIBUTION,
    },
    { identity, isUnnamed: name === undefined, notes },
  );
}

/** The kind of facility as the reader of the map meets it, for two elements that may be one object. */
export function kindOfTags(tags: Tags): FacilityKind | undefined {
  const kind = readKind(tags);
  return kind.ok ? kind.kind : undefined;
}

const PHONE_KEYS = ["phone", "contact:phone", "mobile", "contact:mobile", "phone:mobile", "contact:tollfree"];
const EMERGENCY_PHONE_KEYS = [
  "emergency:phone",
  "phone:emergency",
  "contact:emergency",
  "emergency_telephone_code",
];

function readWithNotes(tags: Tags, position: Position, options: ReadingOptions) {
  const notes: string[] = [];
  const { specialties, unknown } = readSpecialties(tags["healthcare:speciality"]);
  if (unknown.length > 0) notes.push(`specialties not known here: ${unknown.join("; ")}`);
  const writtenHours = tags["opening_hours"];
  const hours =
    writtenHours === undefined
      ? null
      : readOpeningHours(writtenHours, position, { ...options, countryCode: countryOf(tags, options) });
  if (writtenHours !== undefined && hours === null)
    notes.push(`opening_hours not understood: ${writtenHours}`);
  const writtenWebsite = tags["website"] ?? tags["contact:website"] ?? tags["url"];
  const website = readWebsite(writtenWebsite);
  if (writtenWebsite !== undefined && website === null)
    notes.push(`website not understood: ${writtenWebsite}`);
  for (const key of ["beds", "capacity:beds", "capacity"]) {
    if (tags[key] !== undefined)
      notes.push(`${key}=${tags[key]} (licensed, as the map says): not taken as a live figure`);
  }
  if (/\bhistorical\b/iu.test(tags["name"] ?? ""))
    notes.push("the name says that it is of the past: is it still there?");
  return { notes, specialties, hours, website };
}

/** What it is called; its brand or operator where it has no name of its own. */
function nameOf(tags: Tags): string | undefined {
  const keys = ["name", "official_name", "name:en", "alt_name", "short_name", "brand", "operator"];
  const value = keys.map((key) => tags[key]).find((text) => text !== undefined && text.trim() !== "");
  return tidy(value, NAME_MAX_CHARS) ?? undefined;
}

function namesOf(tags: Tags): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags)) {
    const language = /^name:([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/u.exec(key)?.[1];
    const name = tidy(value, NAME_MAX_CHARS);
    if (language !== undefined && name !== null) names[language] = name;
  }
  return names;
}

function countryOf(tags: Tags, options: ReadingOptions): string {
  const country = tags["addr:country"]?.toUpperCase() ?? "";
  return /^[A-Z]{2}$/u.test(country) ? country : options.countryCode;
}

function addressOf(tags: Tags, countryCode: string): string | null {
  const whole = tidy(tags["addr:full"], ADDRESS_MAX_CHARS);
  if (whole !== null) return whole;
  const isNumberFirst = NUMBER_FIRST.has(tags["addr:country"]?.toUpperCase() ?? countryCode);
  const street = [tags["addr:street"] ?? tags["addr:place"]];
  if (isNumberFirst) street.unshift(tags["addr:housenumber"]);
  else street.push(tags["addr:housenumber"]);
  const lines = [
    [tags["addr:housename"]],
    street,
    [tags["addr:suburb"]],
    isNumberFirst ? [tags["addr:city"], tags["addr:postcode"]] : [tags["addr:postcode"], tags["addr:city"]],
  ];
  const words = lines.map((line) => line.filter((word) => word !== undefined).join(" "));
  return tidy(words.filter((line) => line !== "").join(", "), ADDRESS_MAX_CHARS);
}

function wheelchairOf(value: string | undefined): "yes" | "limited" | "no" | null {
  if (value === "designated") return "yes";
  return value === "yes" || value === "limited" || value === "no" ? value : null;
}

/** Its names in other registers: Wikidata, and every `ref:` that names the register. A bare `ref` is a number of nobody knows what. */
function otherIdsOf(tags: Tags): ExternalId[] {
  const ids: ExternalId[] = [];
  for (const [key, value] of Object.entries(tags)) {
    const system =
      key === "wikidata" || key.startsWith("ref:")
        ? key.toLowerCase()
        : key === "gnis:feature_id"
          ? "gnis"
          : undefined;
    if (system === undefined || !/^[a-z][a-z0-9:._-]{0,40}$/u.test(system)) continue;
    for (const part of partsOf(value)) if (part.length <= 200) ids.push({ system, value: part });
  }
  return ids;
}
