import { Trans, useLingui } from "@lingui/react/macro";
import { useSearch } from "wouter";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Figure } from "@ihims/ui/Figure.tsx";
import { KIND_WORDS, OWNERSHIP_WORDS } from "@ihims/ui/words/facilities.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { PlaceRow } from "./PlaceRow.tsx";
import { shownFigure } from "./shown-figure.ts";

/** A time that is only expected is told in steps of this. */
const CARE_STEP_S = 5 * 60;

interface Props {
  facility: FacilitySummary;
  bed: BedType | null;
  isSelected?: boolean;
  /** The heading level that fits where the list stands. */
  as?: "h2" | "h3";
}

/** A place in a list: its name, why it stands here, the number that was asked for, call and directions. */
export function FacilityRow({ facility, bed, isSelected = false, as = "h3" }: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const search = useSearch();
  const { care, distance, open, ownership, kind } = facility;
  // Who looks for care and not for a bed is told of no bed.
  const figure = care && bed === null ? undefined : shownFigure(facility.beds, bed, now);
  const locality = facility.localityNames[formats.language] ?? facility.locality;
  const facts = [
    distance === null ? null : formats.distance(distance),
    care ? null : formats.open(open, now),
    i18n._(ownership ? OWNERSHIP_WORDS[ownership] : KIND_WORDS[kind]),
    locality,
  ];
  return (
    <PlaceRow
      place={facility}
      href={hrefTo(`/facilities/${facility.id}`, filtersOf(search), search)}
      as={as}
      facts={facts}
      isSelected={isSelected}
      below={care && <CareOfRow care={care} bed={bed} />}
    >
      {figure && <Figure figure={figure} align="end" />}
    </PlaceRow>
  );
}

/** When one may expect to be cared for there, and why the place stands where it stands. */
function CareOfRow({ care, bed }: { care: NonNullable<FacilitySummary["care"]>; bed: BedType | null }) {
  const formats = useFormats();
  const time = formats.duration(Math.ceil(care.seconds / CARE_STEP_S) * CARE_STEP_S);
  // The number itself stands beside with its age.
  const reasons = care.reasons.filter(({ code }) => bed === null || !/^bed(-few)?:/.test(code));
  return (
    <p className="row-care">
      <strong>
        <Trans>Care in about {time}</Trans>
      </strong>
      {reasons.map(({ code, words }) => (
        <span key={code}> · {words}</span>
      ))}
    </p>
  );
}

/** A place that is opened from a list keeps the list's filters in its address, so that back and beside stay the same. */
function filtersOf(search: string): URLSearchParams {
  const kept = new URLSearchParams(search);
  kept.delete("at");
  return kept;
}
