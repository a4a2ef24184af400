import type {
  HealthcareService,
  Location,
  Organization,
  OrganizationAffiliation,
  Practitioner,
  PractitionerRole,
  Reference,
} from "@medplum/fhirtypes";
import { BedType } from "@ihims/core/beds/schema.ts";
import { DoctorId, type FacilityId } from "@ihims/core/ids.ts";
import type { DoctorProfile } from "@ihims/core/doctors/schema.ts";
import { FacilityPatch } from "@ihims/core/facilities/endpoints.ts";
import { FacilityProfile, type Facility } from "@ihims/core/facilities/schema.ts";
import { mayAddFacilities, mayChangePage, mayReport } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import { bedLocationId, bedsInLocation, type StatedBeds } from "@ihims/connectors/fhir/beds.ts";
import { codesOf, partId, targetOf } from "@ihims/connectors/fhir/elements.ts";
import {
  profileInLocation,
  profileInOrganization,
  type StatedProfile,
} from "@ihims/connectors/fhir/facility.ts";
import { doctorInPractitioner, rosterInRole } from "@ihims/connectors/fhir/practitioners.ts";
import { empanelmentIn } from "@ihims/connectors/fhir/schemes.ts";
import { offerIn, specialtyServiceId } from "@ihims/connectors/fhir/services.ts";
import { BED_TYPE, MCSD_TYPES } from "@ihims/connectors/fhir/systems.ts";
import type { Context } from "../../platform/context.ts";
import type { Board } from "../board/board.ts";
import { findRoster, replaceRosterOf, type RosterItem } from "../doctors/doctors.ts";
import { changeFacilityProfile, createFacility } from "../facilities/facilities.ts";
import type { Write, Written } from "./writes.ts";
import { FhirRefusal } from "./outcome.ts";
import { entryByFhirId, recordBeds } from "./reports.ts";

/** What becomes of one facility, until it is saved. */
interface Change {
  facility: Facility;
  page: FacilityProfile;
  beds: StatedBeds[];
  roster: { doctor: DoctorId | Practitioner; role: PractitionerRole }[];
}

/** Fields of a page that a feed does not change: what other registers call it is for imports to say. */
const KEPT: readonly string[] = ["externalIds", "attribution"];

/** The changes that some writes make, gathered by facility, so that each page gets one new version. */
export class Draft {
  readonly #ctx: Context;
  readonly #board: Board;
  readonly #changes = new Map<FacilityId, Change>();
  /** Facilities and doctors that are created here, by the address under which other entries name them. */
  readonly #newFacilities = new Map<string, { stated: StatedProfile; id?: FacilityId }>();
  readonly #newDoctors = new Map<string, { practitioner: Practitioner; id?: DoctorId; isUsed: boolean }>();

  constructor(ctx: Context, board: Board) {
    this.#ctx = ctx;
    this.#board = board;
  }

  /** Take one write; what it came to is known when all are saved. */
  async take(write: Write): Promise<() => Written> {
    const { resource, type } = write;
    const status = write.method === "POST" ? 201 : 200;
    const answer = (id: () => string) => () => ({ status, type, id: id() }) as Written;
    switch (resource.resourceType) {
      case "Organization":
        return answer(this.#organization(write, resource));
      case "Location":
        return answer(await this.#location(write, resource));
      case "HealthcareService":
        return answer(this.#service(write, resource));
      case "OrganizationAffiliation":
        return answer(this.#affiliation(write, resource));
      case "Practitioner":
        return answer(this.#practitioner(write, resource));
      case "PractitionerRole":
        return answer(this.#role(resource));
      default:
        throw wrong("invalid", "resourceType", "is not written here");
    }
  }

  #organization({ method, id, fullUrl }: Write, organization: Organization): () => string {
    const stated = profileInOrganization(organization);
    if (method === "PUT" && id !== undefined) {
      this.#state(this.#of(id, "Organization"), stated);
      return () => id;
    }
    if (fullUrl === undefined || !codesOf(organization.type, MCSD_TYPES).includes("facility"))
      throw wrong(
        "business-rule",
        "type",
        "a new organization is a facility, in one transaction with its Location",
      );
    if (!mayAddFacilities(this.#ctx.actor))
      throw new Problem(
        "not-allowed",
        "Only the city's administrator adds facilities; a key speaks for those that there are",
      );
    const made = { stated } as { stated: StatedProfile; id?: FacilityId };
    this.#newFacilities.set(fullUrl, made);
    return () => idOf(made.id);
  }

  async #location(write: Write, location: Location): Promise<() => string> {
    const { beds, problems } = bedsInLocation(location);
    if (problems.length > 0)
      throw new FhirRefusal(
        422,
        problems.map((details) => ({ code: "value", details, expression: details.split(": ")[0] })),
      );
    const [code] = codesOf(location.type, BED_TYPE);
    if (code !== undefined) return this.#bedLocation(location, code, beds);
    if (write.method === "PUT" && write.id !== undefined) {
      const change = this.#of(write.id, "Location");
      this.#state(change, profileInLocation(location));
      this.#report(change, beds);
      return () => partId(change.facility.id);
    }
    const owner = this.#newFacilities.get(location.managingOrganization?.reference ?? "");
    if (!owner)
      throw wrong(
        "business-rule",
        "managingOrganization",
        "a new place is that of a facility in the same transaction, or of one of its bed types",
      );
    const page = FacilityProfile.safeParse({ ...owner.stated, ...profileInLocation(location) });
    if (!page.success)
      throw wrong("required", page.error.issues[0]?.path.join(".") ?? "", "is missing or cannot be read");
    const created = await createFacility(this.#ctx, page.data);
    owner.id = created.id;
    this.#changes.set(created.id, { facility: created, page: page.data, beds, roster: [] });
    return () => partId(created.id);
  }

  #bedLocation(location: Location, code: string, beds: readonly StatedBeds[]): () => string {
    const type = BedType.safeParse(code);
    if (!type.success) throw wrong("code-invalid", "type", `${code} is not a bed type`);
    const change = this.#owner([location.partOf, location.managingOrganization], "partOf");
    const others = change.page.bedTypes.filter((one) => one !== type.data);
    const isActive = location.status === undefined || location.status === "active";
    change.page = { ...change.page, bedTypes: isActive ? [...others, type.data] : others };
    const foreign = beds.find((one) => one.type !== type.data);
    if (foreign)
      throw wrong("business-rule", "extension", `speaks of ${foreign.type} on the place of ${type.data}`);
    this.#report(change, beds);
    return () => bedLocationId(change.facility.id, type.data);
  }

  #service({ id }: Write, service: HealthcareService): () => string {
    const change = this.#owner([service.providedBy, ...(service.location ?? [])], "providedBy");
    const offer = offerIn(service);
    if (!offer) throw wrong("code-invalid", "type", "names neither a specialty nor a service of ours");
    const [field, slug] =
      "specialty" in offer
        ? (["specialties", offer.specialty] as const)
        : (["services", offer.service] as const);
    const named =
      field === "specialties"
        ? specialtyServiceId(change.facility.id, slug)
        : partId(change.facility.id, "service", slug);
    if (id !== undefined && id !== named)
      throw wrong("business-rule", "type", `is not what ${id} stands for: POST it as another`);
    const others = change.page[field].filter((one) => one !== slug);
    change.page = { ...change.page, [field]: service.active === false ? others : [...others, slug] };
    return () => named;
  }

  #affiliation({ id }: Write, affiliation: OrganizationAffiliation): () => string {
    const change = this.#owner([affiliation.participatingOrganization], "participatingOrganization");
    const stated = empanelmentIn(affiliation);
    if (!stated)
      throw wrong("invalid", "organization", "names no scheme, or a specialty or day that cannot be read");
    const idAt = (place: number) => {
      const nth = change.page.schemes
        .slice(0, place + 1)
        .filter(({ scheme }) => scheme === change.page.schemes[place]?.scheme).length;
      return partId(
        change.facility.id,
        "scheme",
        change.page.schemes[place]?.scheme ?? "",
        ...(nth > 1 ? [String(nth)] : []),
      );
    };
    const places = change.page.schemes.map((_one, place) => place);
    const known = id === undefined ? undefined : places.find((place) => idAt(place) === id);
    if (id !== undefined && change.page.schemes[known ?? -1]?.scheme !== stated.scheme)
      throw wrong("business-rule", "organization", `is not what ${id} stands for: POST it as another`);
    const isEnded = affiliation.active === false && stated.to === null;
    const kept =
      known === undefined
        ? change.page.schemes
        : change.page.schemes.toSpliced(known, 1, ...(isEnded ? [] : [stated]));
    const schemes = known === undefined && !isEnded ? [...kept, stated] : kept;
    change.page = { ...change.page, schemes };
    const named = id ?? idAt(schemes.length - 1);
    return () => named;
  }

  #practitioner({ method, fullUrl }: Write, practitioner: Practitioner): () => string {
    if (method !== "POST" || fullUrl === undefined)
      throw wrong(
        "not-supported",
        "Practitioner",
        "a doctor is created in one transaction with a PractitionerRole",
      );
    if (!doctorInPractitioner(practitioner))
      throw wrong("invalid", "Practitioner", "needs a name and a specialty of ours among its qualifications");
    const made = { practitioner, isUsed: false } as {
      practitioner: Practitioner;
      id?: DoctorId;
      isUsed: boolean;
    };
    this.#newDoctors.set(fullUrl, made);
    return () => idOf(made.id);
  }

  #role(role: PractitionerRole): () => string {
    const change = this.#owner([role.organization, ...(role.location ?? [])], "organization");
    if (!rosterInRole(role))
      throw wrong("invalid", "availableTime", "a time or a day of leave cannot be read");
    const named = role.practitioner?.reference ?? "";
    const made = this.#newDoctors.get(named);
    if (made) made.isUsed = true;
    const target = targetOf(role.practitioner);
    const id = target?.type === "Practitioner" ? DoctorId.safeParse(target.id).data : undefined;
    if (!made && !id) throw wrong("required", "practitioner", "names no doctor");
    change.roster.push({ doctor: made?.practitioner ?? DoctorId.parse(id), role });
    return () => partId(idOf(made ? made.id : id), change.facility.id);
  }

  /** What is stated of a page replaces what was there. */
  #state(change: Change, stated: StatedProfile): void {
    const kept = Object.entries(stated).filter(([field]) => !KEPT.includes(field));
    const unknown = (stated.externalIds ?? []).find(
      (one) =>
        !change.facility.externalIds.some(
          ({ system, value }) => system === one.system && value === one.value,
        ),
    );
    if (unknown)
      throw wrong(
        "business-rule",
        "identifier",
        `${unknown.system} ${unknown.value}: what other registers call a facility is decided by imports`,
      );
    const page = FacilityProfile.safeParse({ ...change.page, ...Object.fromEntries(kept) });
    if (!page.success)
      throw wrong(
        "value",
        page.error.issues[0]?.path.join(".") ?? "",
        page.error.issues[0]?.message ?? "cannot be read",
      );
    change.page = page.data;
  }

  /** Counts that are sent back as they were read are no report. */
  #report({ facility, beds }: Change, stated: readonly StatedBeds[]): void {
    const entry = this.#board.entry(facility.id);
    const shown = entry ? this.#board.view(entry, this.#ctx.now()).beds : undefined;
    const news = stated.filter(
      ({ type, counts, observedAt }) =>
        Object.keys(counts).length > 0 &&
        !(observedAt !== undefined && shown?.get(type)?.observedAt === observedAt),
    );
    if (news.length > 0 && !mayReport(this.#ctx.actor, facility.id, "bed"))
      throw new Problem("not-allowed", `You do not report beds of ${facility.id}`);
    beds.push(...news);
  }

  #of(id: string, what: string): Change {
    const begun = [...this.#changes.values()].find(({ facility }) => partId(facility.id) === id);
    if (begun) return begun;
    const entry = entryByFhirId(this.#board, id);
    if (!entry)
      throw wrong("business-rule", "id", `${what} ${id} is none of a facility, and is not changed here`);
    const { facility } = entry;
    const change: Change = { facility, page: FacilityProfile.parse(facility), beds: [], roster: [] };
    this.#changes.set(facility.id, change);
    return change;
  }

  #owner(references: readonly (Reference | undefined)[], field: string): Change {
    for (const one of references) {
      const made = this.#newFacilities.get(one?.reference ?? "");
      if (made?.id) return this.#of(partId(made.id), field);
      const target = targetOf(one);
      if (target && entryByFhirId(this.#board, target.id)) return this.#of(target.id, field);
    }
    throw wrong("required", field, "names no facility that is known");
  }

  /** Write all of it, by the use cases that there are. */
  async save(): Promise<void> {
    const incomplete = [...this.#newFacilities.values()].some(({ id }) => id === undefined);
    if (incomplete)
      throw wrong("business-rule", "Bundle", "a new facility needs its Location in the same transaction");
    if ([...this.#newDoctors.values()].some(({ isUsed }) => !isUsed))
      throw wrong("business-rule", "Bundle", "a new doctor needs a PractitionerRole in the same transaction");
    // Facilities are locked in the order of their ids.
    for (const id of [...this.#changes.keys()].sort()) {
      const change = this.#changes.get(id);
      if (change) await this.#saveChange(change);
    }
  }

  async #saveChange({ facility, page, beds, roster }: Change): Promise<void> {
    const patch = patchBetween(facility, page);
    const isNothing = Object.keys(patch).length + beds.length + roster.length === 0;
    // Nothing is changed, and yet it is not everybody's to send.
    if (isNothing && !mayChangePage(this.#ctx.actor, facility.id))
      throw new Problem("not-allowed", `You do not change the page of ${facility.id}`);
    if (Object.keys(patch).length > 0)
      await changeFacilityProfile(this.#ctx, facility.id, patch, facility.version);
    if (beds.length > 0) await recordBeds(this.#ctx, facility.id, beds);
    if (roster.length > 0) await this.#saveRoster(facility.id, roster);
  }

  async #saveRoster(facility: FacilityId, roster: Change["roster"]): Promise<void> {
    const before = await findRoster(this.#ctx, facility);
    const items = new Map<DoctorId | Practitioner, RosterItem>(
      before.map(({ doctor, spans, exceptions, leave }) => [doctor, { doctor, spans, exceptions, leave }]),
    );
    for (const { doctor, role } of roster) {
      const plan = rosterInRole(role);
      if (!plan) continue;
      const who: DoctorId | DoctorProfile | undefined =
        typeof doctor === "string" ? doctor : doctorInPractitioner(doctor);
      if (role.active === false) items.delete(doctor);
      // Days with other hours than the week's are not in a role, so they stay as they were.
      else if (who)
        items.set(doctor, {
          doctor: who,
          spans: plan.spans,
          leave: plan.leave,
          exceptions: items.get(doctor)?.exceptions ?? [],
        });
    }
    const after = await replaceRosterOf(this.#ctx, facility, [...items.values()]);
    const known = new Set(before.map(({ doctor }) => doctor));
    const fresh = after.filter(({ doctor }) => !known.has(doctor));
    for (const made of this.#newDoctors.values()) {
      const name = doctorInPractitioner(made.practitioner)?.name;
      const one = fresh.find(
        (entry) =>
          entry.name === name && ![...this.#newDoctors.values()].some(({ id }) => id === entry.doctor),
      );
      if (one && made.id === undefined) made.id = one.doctor;
    }
  }
}

function patchBetween(before: Facility, after: FacilityProfile): FacilityPatch {
  const fields = Object.entries(after).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(before)).get(field)),
  );
  return FacilityPatch.parse(Object.fromEntries(fields.filter(([field]) => !KEPT.includes(field))));
}

function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error("what was created has no id");
  return partId(id);
}

function wrong(
  code: "business-rule" | "code-invalid" | "invalid" | "not-supported" | "required" | "value",
  field: string,
  words: string,
): FhirRefusal {
  return new FhirRefusal(422, [{ code, details: `${field}: ${words}`, expression: field }]);
}
