import type { ReactNode } from "react";
import { Link } from "wouter";
import type { FacilitySummary } from "@ihims/core/facilities/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { languageOfScript, nameIn } from "../city/city.ts";
import { PlaceActions, type Reachable } from "./PlaceActions.tsx";

interface Props {
  place: Reachable & Pick<FacilitySummary, "names" | "distance" | "open" | "locality" | "localityNames">;
  href: string;
  /** The heading level that fits where the list stands. */
  as?: "h2" | "h3" | "h4";
  /** What is said of it below its name; how far, whether it is open and where, unless given. */
  facts?: readonly (string | null)[];
  isSelected?: boolean;
  /** What it has, beside its name. */
  children?: ReactNode;
  below?: ReactNode;
}

/** A place in a list: its name, why it stands here, what it has, call and directions. */
export function PlaceRow(props: Props) {
  const { place, href, as: Heading = "h3", isSelected = false, children, below } = props;
  const formats = useFormats();
  const now = useNow();
  const { name, original } = nameIn(formats.language, place);
  const facts = props.facts ?? [
    place.distance === null ? null : formats.distance(place.distance),
    formats.open(place.open, now),
    place.localityNames[formats.language] ?? place.locality,
  ];
  return (
    <article className="row" data-selected={isSelected}>
      <div className="row-name">
        <Heading className="row-title">
          <Link className="row-link" href={href}>
            {name}
          </Link>
        </Heading>
        {original && (
          <p className="row-original" lang={languageOfScript(original)}>
            {original}
          </p>
        )}
        <p className="row-reason">{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <div className="row-end">
        {children}
        <PlaceActions place={place} name={name} />
      </div>
      {below}
    </article>
  );
}
