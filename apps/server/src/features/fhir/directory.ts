import type { Location, Practitioner, Resource } from "@medplum/fhirtypes";
import { BedType } from "@ihims/core/beds/schema.ts";
import { City, Ground } from "@ihims/core/city/schema.ts";
import { Doctor } from "@ihims/core/doctors/schema.ts";
import { Facility } from "@ihims/core/facilities/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import { Subject } from "@ihims/core/observations/schema.ts";
import type { Instant } from "@ihims/core/time.ts";
import { z } from "zod";
import { bedLocationId, withBeds } from "@ihims/connectors/fhir/beds.ts";
import { wordsOf } from "@ihims/connectors/fhir/codes.ts";
import { partId, reference } from "@ihims/connectors/fhir/elements.ts";
import type { Surroundings } from "@ihims/connectors/fhir/facility.ts";
import {
  cityPairOf,
  endpointsOf,
  R4_ENDPOINT_ID,
  wardAt,
  wardPairOf,
  wardsOf,
  type CityWard,
  type Edition,
} from "@ihims/connectors/fhir/jurisdictions.ts";
import { mcsdOf } from "@ihims/connectors/fhir/mcsd.ts";
import { practitionerOf, roleOf, withDuty } from "@ihims/connectors/fhir/practitioners.ts";
import { insurancePlanOf, payerOf, type KnownScheme } from "@ihims/connectors/fhir/schemes.ts";
import { offerIn, withAvailability } from "@ihims/connectors/fhir/services.ts";
import type { Board } from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";

/** A resource of the directory as it is searched: what is live is added to it when it is sent. */
export interface Row {
  resource: Resource;
  /** Where it is, for `near`. */
  position?: Position | undefined;
  /** With what is live of it at `now`. Absent: nothing is. */
  live?: ((now: Instant) => Resource) | undefined;
}

/** A version of a page, as the history has it. */
export interface MadeOf {
  kind: "facility" | "doctor" | "ground";
  id: string;
  version: number;
  at: Instant;
  page: object;
}

/** The rows of one kind of resource, in the order of their ids, and by id. */
interface Kind {
  rows: Row[];
  byId: Map<string, Row>;
}

/** What the ground of the city says of its wards, and since when. */
export interface GroundEdition extends Edition {
  ground: Ground;
}

/**
 * The city as resources, in memory: made from the boards' pages, and anew when a page changes. The
 * resources of a facility are kept as long as its page stays as it is.
 */
export class Directory {
  readonly #board: Board;
  readonly #doctors: DoctorBoard;
  readonly #city: () => City;
  #edition: GroundEdition;
  #wards: CityWard[];
  #madeFrom = "";
  #kinds = new Map<string, Kind>();
  #ofFacility = new WeakMap<Facility, { day: string; resources: Resource[] }>();

  constructor(memory: { board: Board; doctors: DoctorBoard }, city: () => City, edition: GroundEdition) {
    this.#board = memory.board;
    this.#doctors = memory.doctors;
    this.#city = city;
    this.#edition = edition;
    this.#wards = wardsOf(edition.ground);
  }

  /** Take in another ground of the city. */
  useGround(edition: GroundEdition): void {
    this.#edition = edition;
    this.#wards = wardsOf(edition.ground);
    this.#ofFacility = new WeakMap();
    this.#madeFrom = "";
  }

  /** All resources of a kind, by id. @param base address of the facade as it was called, which endpoints tell */
  rows(type: string, now: Instant, base: string): readonly Row[] {
    if (type === "Endpoint") return this.#endpoints(base);
    return this.#kind(type, now).rows;
  }

  find(type: string, id: string, now: Instant, base: string): Row | undefined {
    if (type === "Endpoint") return this.#endpoints(base).find(({ resource }) => resource.id === id);
    return this.#kind(type, now).byId.get(id);
  }

  /** The resources that one version of a page makes, without what is live. */
  made({ kind, id, version, at, page }: MadeOf, now: Instant, base: string): Resource[] {
    const meta = { id, version, updatedAt: at };
    switch (kind) {
      case "facility": {
        const facility = Facility.parse({ ...page, ...meta, leads: [] });
        return mcsdOf(facility, this.around(facility), this.#board.today(now));
      }
      case "doctor": {
        const doctor = Doctor.parse({ ...page, ...meta });
        return [practitionerOf(doctor), ...this.#rolesOf(doctor).map(({ resource }) => resource)];
      }
      case "ground": {
        const { city, ground } = z.object({ city: City, ground: Ground }).parse(page);
        const wards = wardsOf(ground).flatMap((ward) => wardPairOf(ward, meta));
        return [...cityPairOf(city, meta), ...wards, ...endpointsOf(base, meta)];
      }
    }
  }

  /** What of the city stands on the resources of a facility, also of one as it was. */
  around(facility: Facility): Surroundings {
    const ward = wardAt(this.#wards, facility.position);
    const city = this.#city();
    return {
      city: city.name,
      countryCode: city.countryCode,
      ward: ward && reference("Location", ward.id, ward.name),
      endpoints: [reference("Endpoint", R4_ENDPOINT_ID)],
    };
  }

  #endpoints(base: string): Row[] {
    return endpointsOf(base, this.#edition).map((resource) => ({ resource }));
  }

  #kind(type: string, now: Instant): Kind {
    const day = this.#board.today(now);
    const madeFrom = `${this.#board.pagesVersion} ${this.#doctors.version} ${day}`;
    if (madeFrom !== this.#madeFrom) {
      this.#kinds = new Map();
      this.#madeFrom = madeFrom;
    }
    const known = this.#kinds.get(type);
    if (known) return known;
    const rows = this.#make(type, day).sort((a, b) => compareIds(a.resource, b.resource));
    const made = { rows, byId: new Map(rows.map((row) => [row.resource.id ?? "", row])) };
    this.#kinds.set(type, made);
    return made;
  }

  #make(type: string, day: string): Row[] {
    switch (type) {
      case "Organization":
      case "Location":
        return [
          ...this.#jurisdictions(type),
          ...(type === "Organization" ? this.#payers() : []),
          ...this.#ofFacilities(type, day),
        ];
      case "HealthcareService":
      case "OrganizationAffiliation":
        return this.#ofFacilities(type, day);
      case "Practitioner":
        return [...this.#doctors.all()].map((doctor): Row => ({
          resource: practitionerOf(doctor) satisfies Practitioner,
        }));
      case "PractitionerRole":
        return [...this.#doctors.all()].flatMap((doctor) => this.#rolesOf(doctor));
      case "InsurancePlan":
        return this.#schemes().map((scheme) => ({ resource: insurancePlanOf(scheme) }));
      default:
        return [];
    }
  }

  #jurisdictions(type: "Organization" | "Location"): Row[] {
    const pairs = [
      cityPairOf(this.#city(), this.#edition),
      ...this.#wards.map((ward) => wardPairOf(ward, this.#edition)),
    ];
    return pairs
      .flat()
      .filter(({ resourceType }) => resourceType === type)
      .map(rowOf);
  }

  #payers(): Row[] {
    return this.#schemes().map((scheme) => ({ resource: payerOf(scheme) }));
  }

  /** The schemes that facilities' pages name, each as new as the newest page that does. */
  #schemes(): KnownScheme[] {
    const newest = new Map<string, KnownScheme>();
    for (const { facility } of this.#board.facilities())
      for (const { scheme } of facility.schemes) {
        const known = newest.get(scheme);
        if (known && known.updatedAt >= facility.updatedAt) continue;
        const { updatedAt } = facility;
        newest.set(scheme, { id: scheme, name: wordsOf(scheme), version: Date.parse(updatedAt), updatedAt });
      }
    return [...newest.values()];
  }

  #ofFacilities(type: Resource["resourceType"], day: string): Row[] {
    const rows: Row[] = [];
    for (const { facility } of this.#board.facilities())
      for (const resource of this.#resourcesOf(facility, day))
        if (resource.resourceType === type) rows.push(this.#liveRow(facility, resource));
    return rows;
  }

  #resourcesOf(facility: Facility, day: string): Resource[] {
    const known = this.#ofFacility.get(facility);
    if (known?.day === day) return known.resources;
    const resources = mcsdOf(facility, this.around(facility), day);
    this.#ofFacility.set(facility, { day, resources });
    return resources;
  }

  #liveRow(facility: Facility, resource: Resource): Row {
    if (resource.resourceType === "Location")
      return { ...rowOf(resource), live: (now) => this.#withBeds(facility, resource, now) };
    if (resource.resourceType !== "HealthcareService") return { resource };
    const offer = offerIn(resource);
    if (!offer || !("service" in offer)) return { resource };
    const subject = Subject.parse(`service:${offer.service}`);
    return {
      resource,
      live: (now) => {
        const entry = this.#board.entry(facility.id);
        return withAvailability(resource, entry && this.#board.figure(entry, subject, now));
      },
    };
  }

  #withBeds(facility: Facility, location: Location, now: Instant): Location {
    const entry = this.#board.entry(facility.id);
    if (!entry) return location;
    const { beds } = this.#board.view(entry, now).record;
    if (location.id === partId(facility.id)) return withBeds(location, beds, undefined);
    const type = BedType.options.find((one) => bedLocationId(facility.id, one) === location.id);
    const own = beds.find((figure) => figure.type === type);
    return own ? withBeds(location, [], own) : location;
  }

  #rolesOf(doctor: Doctor): Row[] {
    return doctor.posts.flatMap((post) => {
      const entry = this.#board.entry(post.facility);
      if (!entry) return [];
      const resource = roleOf(doctor, post, entry.facility);
      return [
        { resource, live: (now: Instant) => withDuty(resource, this.#doctors.duty({ doctor, post }, now)) },
      ];
    });
  }
}

function rowOf(resource: Resource): Row {
  if (resource.resourceType !== "Location" || !resource.position) return { resource };
  const { latitude, longitude } = resource.position;
  return { resource, position: { lat: latitude, lon: longitude } };
}

function compareIds(a: Resource, b: Resource): number {
  const [one = "", other = ""] = [a.id, b.id];
  return one < other ? -1 : one > other ? 1 : 0;
}
