import type { HealthcareService } from "@medplum/fhirtypes";
import type { Facility } from "@ihims/core/facilities/schema.ts";
import type { Figure } from "@ihims/core/observations/schema.ts";
import { VALUE_BY_KIND } from "@ihims/core/observations/schema.ts";
import { serviceConcept, specialtyConcept } from "./codes.ts";
import { codesOf, metaOf, partId, reference, stated } from "./elements.ts";
import { OWN_ID, SERVICE, SPECIALTY } from "./systems.ts";

/** What a facility offers: one service for each specialty and for each service of its page. */
export function servicesOf(facility: Facility): HealthcareService[] {
  return [
    ...facility.specialties.map((slug) => {
      const what = specialtyConcept(slug);
      return serviceOf(facility, {
        id: specialtyServiceId(facility.id, slug),
        type: [what],
        specialty: [what],
        name: what.text ?? slug,
      });
    }),
    ...facility.services.map((slug) => {
      const what = serviceConcept(slug);
      return serviceOf(facility, {
        id: partId(facility.id, "service", slug),
        type: [what],
        name: what.text ?? slug,
      });
    }),
  ];
}

/** The id of the HealthcareService that stands for a specialty at a facility. */
export function specialtyServiceId(facility: Facility["id"], slug: string): string {
  return partId(facility, "specialty", slug);
}

function serviceOf(
  facility: Facility,
  own: Pick<HealthcareService, "type" | "specialty" | "name"> & { id: string },
): HealthcareService {
  return {
    resourceType: "HealthcareService",
    identifier: [{ system: OWN_ID, value: own.id }],
    meta: metaOf(facility, "IHE.mCSD.HealthcareService"),
    active: facility.isActive,
    providedBy: reference("Organization", partId(facility.id), facility.name),
    location: [reference("Location", partId(facility.id), facility.name)],
    ...own,
  };
}

/** What a HealthcareService stands for on the page of its facility; undefined when it names neither. */
export function offerIn(service: HealthcareService): { specialty: string } | { service: string } | undefined {
  const [specialty] = codesOf([...(service.type ?? []), ...(service.specialty ?? [])], SPECIALTY);
  if (specialty !== undefined) return { specialty };
  const [offered] = codesOf(service.type, SERVICE);
  return offered === undefined ? undefined : { service: offered };
}

/** A service with what was said of it live: that it is down, and until when. */
export function withAvailability(service: HealthcareService, figure: Figure | undefined): HealthcareService {
  const said = VALUE_BY_KIND.service.safeParse(figure?.value);
  if (!said.success || said.data.available || !figure) return service;
  const during = stated({ start: figure.observedAt, end: said.data.until });
  return { ...service, notAvailable: [{ description: "Told not to be available", during }] };
}
