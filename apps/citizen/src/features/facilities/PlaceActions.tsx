import { useLingui } from "@lingui/react/macro";
import { IconPhone, IconRoute } from "@tabler/icons-react";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { deviceOf, directionsUrl } from "./directions.ts";

/** A place as far as it can be called and gone to. */
export type Reachable = Pick<FacilitySummary, "name" | "position" | "phones"> &
  Partial<Pick<FacilitySummary, "emergencyPhone">>;

/** Call and directions. Their names carry the place's, so that each can be told from the next row's. */
export function PlaceActions({
  place,
  name,
  isWide = false,
}: {
  place: Reachable;
  name: string;
  isWide?: boolean;
}) {
  const { t } = useLingui();
  const number = place.phones[0]?.number ?? place.emergencyPhone;
  return (
    <div className={isWide ? "place-actions place-actions-wide" : "place-actions"}>
      {number && (
        <a
          className="action"
          href={`tel:${number.replace(/[^\d+]/g, "")}`}
          aria-label={isWide ? undefined : t`Call ${name}`}
        >
          <IconPhone stroke={1.75} aria-hidden="true" />
          {isWide && t`Call`}
        </a>
      )}
      <a
        className="action"
        href={directionsUrl(place.position, place.name, deviceOf(navigator.userAgent))}
        aria-label={isWide ? undefined : t`Directions to ${name}`}
      >
        <IconRoute stroke={1.75} aria-hidden="true" />
        {isWide && t`Directions`}
      </a>
    </div>
  );
}
