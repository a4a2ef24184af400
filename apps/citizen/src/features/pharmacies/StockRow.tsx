import { Link, useSearch } from "wouter";
import type { ReactNode } from "react";
import type { StockPlace } from "@ihims/core/stock/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { languageOfScript, nameIn } from "../city/city.ts";
import { PlaceActions } from "../facilities/facilities.ts";

/** A shop in a list: its name, how far, whether it is open; beside it what it has. */
export function StockRow({
  place,
  terms,
  as: Heading = "h3",
  children,
}: {
  place: StockPlace;
  /** What was looked for, kept in the address of the shop's page. */
  terms: URLSearchParams;
  as?: "h3" | "h4";
  children?: ReactNode;
}) {
  const formats = useFormats();
  const now = useNow();
  const search = useSearch();
  const { name, original } = nameIn(formats.language, place);
  const facts = [
    place.distance === null ? null : formats.distance(place.distance),
    formats.open(place.open, now),
    place.localityNames[formats.language] ?? place.locality,
  ];
  return (
    <article className="row">
      <div className="row-name">
        <Heading className="row-title">
          <Link className="row-link" href={hrefTo(`/facilities/${place.id}`, terms, search)}>
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
        <PlaceActions place={{ ...place, emergencyPhone: null }} name={name} />
      </div>
    </article>
  );
}
