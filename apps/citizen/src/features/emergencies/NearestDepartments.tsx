import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useLive } from "../../platform/live.ts";
import { useNear } from "../city/city.ts";
import {
  applyLiveEvent,
  CouldNotRead,
  EmergencyDepartments,
  NO_FILTERS,
  readAgain,
  SkeletonRows,
  useAgeOf,
  useFacilities,
  type FacilityEvent,
  type Filters,
} from "../facilities/facilities.ts";

const NEED: Filters = { ...NO_FILTERS, kind: "hospital", bed: "emergency" };

/** The two nearest emergency departments with their beds, live while the page is seen. */
export function NearestDepartments() {
  const queries = useQueryClient();
  const { near } = useNear();
  const list = useFacilities(NEED, near);
  const departments = list.data?.pages[0]?.emergencyDepartments ?? [];
  const onEvent = useCallback((event: FacilityEvent) => applyLiveEvent(queries, event), [queries]);
  const onMissed = useCallback(() => readAgain(queries), [queries]);
  const live = useLive(
    departments.map(({ id }) => `facility:${id}`),
    onEvent,
    onMissed,
  );
  useAgeOf(live, list.data?.pages[0], list.dataUpdatedAt);
  if (list.isError && !list.data) return <CouldNotRead onRetry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonRows count={2} />;
  if (departments.length > 0)
    return <EmergencyDepartments departments={departments} isBesideSearch={false} />;
  return (
    <p className="quiet">
      <Trans>No emergency department is known here. Call, and ask where to go.</Trans>
    </p>
  );
}
