import { useLingui } from "@lingui/react";
import { Link, useSearch } from "wouter";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Figure } from "@ihims/ui/Figure.tsx";
import { KIND_WORDS, OWNERSHIP_WORDS } from "@ihims/ui/words/facilities.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { languageOfScript, nameIn } from "../city/city.ts";
import { PlaceActions } from "./PlaceActions.tsx";
import { shownFigure } from "./shown-figure.ts";

interface Props {
  facility: FacilitySummary;
  bed: BedType | null;
  isSelected?: boolean;
  /** The heading level that fits where the list stands. */
  as?: "h2" | "h3";
}

/** A place in a list: its name, why it stands here, the number that was asked for, call and directions. */
export function FacilityRow({ facility, bed, isSelected = false, as: Heading = "h3" }: Props) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const search = useSearch();
  const { name, original } = nameIn(formats.language, facility);
  const figure = shownFigure(facility.beds, bed, now);
  const reasons = [
    facility.distance === null ? null : formats.distance(facility.distance),
    formats.open(facility.open, now),
    i18n._(facility.ownership ? OWNERSHIP_WORDS[facility.ownership] : KIND_WORDS[facility.kind]),
    facility.localityNames[formats.language] ?? facility.locality,
  ];
  return (
    <article className="row" data-selected={isSelected}>
      <div className="row-name">
        <Heading className="row-title">
          <Link className="row-link" href={hrefTo(`/facilities/${facility.id}`, filtersOf(search), search)}>
            {name}
          </Link>
        </Heading>
        {original && (
          <p className="row-original" lang={languageOfScript(original)}>
            {original}
          </p>
        )}
        <p className="row-reason">{reasons.filter(Boolean).join(" · ")}</p>
      </div>
      <div className="row-end">
        {figure && <Figure figure={figure} align="end" />}
        <PlaceActions place={facility} name={name} />
      </div>
    </article>
  );
}

/** A place that is opened from a list keeps the list's filters in its address, so that back and beside stay the same. */
function filtersOf(search: string): URLSearchParams {
  const kept = new URLSearchParams(search);
  kept.delete("at");
  return kept;
}
