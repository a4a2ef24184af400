import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { reportBlood } from "@ihims/core/blood/endpoints.ts";
import type { BloodBank, BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import {
  addBloodUnit,
  listBloodUnits,
  moveBloodUnit,
  setBloodBank,
  type BloodUnitState,
} from "@ihims/core/blood/units.ts";
import { getFacility } from "@ihims/core/facilities/endpoints.ts";
import type { BloodUnitId, FacilityId, ObservationId } from "@ihims/core/ids.ts";
import { confirmFigures, retractObservations } from "@ihims/core/observations/endpoints.ts";
import type { Subject } from "@ihims/core/observations/schema.ts";
import { SECOND_MS, type Instant } from "@ihims/core/time.ts";
import { call, newRequestKey } from "../../platform/api.ts";
import { serverNow } from "../../platform/clock.ts";
import { cityQuery } from "../city/city.ts";

const BLOOD_KEY = "blood";
/** What others of the bank change is looked for this often. */
const LOOK_MS = 10 * SECOND_MS;

/** The bank's page with all its figures. */
export function useBank(facility: FacilityId) {
  return useQuery({
    queryKey: [BLOOD_KEY, facility, "page"],
    queryFn: ({ signal }) =>
      call(getFacility, { params: { id: facility }, query: { includeStale: "true" } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}

/** The bags on its shelf, first expiring first. */
export function useUnits(facility: FacilityId) {
  return useQuery({
    queryKey: [BLOOD_KEY, facility, "units"],
    queryFn: async ({ signal }) =>
      (await call(listBloodUnits, { params: { id: facility }, query: {} }, { signal })).items,
    refetchInterval: LOOK_MS,
  });
}

export function useCityCountry() {
  return useQuery(cityQuery).data?.countryCode ?? "";
}

/** Read the bank again, after something of it was changed. */
function useReadAgain(facility: FacilityId): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [BLOOD_KEY, facility] });
}

/** Say how many units there are of one group and component. */
export function useReport(facility: FacilityId, group: BloodGroup, component: BloodComponent) {
  const onSettled = useReadAgain(facility);
  return useMutation({
    mutationFn: (units: number) =>
      call(
        reportBlood,
        { params: { id: facility, group, component }, body: { units, observedAt: serverNow() } },
        { idempotencyKey: newRequestKey() },
      ),
    onSettled,
  });
}

/** Nothing has changed: all of these were seen now. */
export function useConfirm(facility: FacilityId) {
  const onSettled = useReadAgain(facility);
  return useMutation({
    mutationFn: (subjects: Subject[]) =>
      call(
        confirmFigures,
        { params: { id: facility }, body: { subjects } },
        { idempotencyKey: newRequestKey() },
      ),
    onSettled,
  });
}

/** Take back what was reported last. */
export function useRetract(facility: FacilityId) {
  const onSettled = useReadAgain(facility);
  return useMutation({
    mutationFn: (observations: ObservationId[]) =>
      call(retractObservations, { body: { observations } }, { idempotencyKey: newRequestKey() }),
    onSettled,
  });
}

/** A bag as it is put on the shelf. */
export interface Bag {
  donation: string;
  product: string;
  group: BloodGroup;
  component: BloodComponent;
  expiresAt: Instant;
}

export function useAddUnit(facility: FacilityId) {
  const onSettled = useReadAgain(facility);
  return useMutation({
    mutationFn: (body: Bag) =>
      call(addBloodUnit, { params: { id: facility }, body }, { idempotencyKey: newRequestKey() }),
    onSettled,
  });
}

export function useMoveUnit(facility: FacilityId) {
  const onSettled = useReadAgain(facility);
  return useMutation({
    mutationFn: ({ unit, state }: { unit: BloodUnitId; state: BloodUnitState }) =>
      call(
        moveBloodUnit,
        { params: { id: facility, unit }, body: { state } },
        { idempotencyKey: newRequestKey() },
      ),
    onSettled,
  });
}

export function useSaveBank(facility: FacilityId) {
  const onSettled = useReadAgain(facility);
  return useMutation({
    mutationFn: (body: BloodBank) => call(setBloodBank, { params: { id: facility }, body }),
    onSettled,
  });
}
