import type { ReactNode } from "react";
import { useSearch } from "wouter";
import type { StockPlace } from "@ihims/core/stock/endpoints.ts";
import { hrefTo } from "../../platform/address.ts";
import { PlaceRow } from "../facilities/facilities.ts";

interface Props {
  place: StockPlace;
  /** What was looked for, kept in the address of the shop's page. */
  terms: URLSearchParams;
  children?: ReactNode;
}

/** A shop in a list: its name, how far, whether it is open; beside it what it has. */
export function StockRow({ place, terms, children }: Props) {
  const search = useSearch();
  return (
    <PlaceRow place={place} href={hrefTo(`/facilities/${place.id}`, terms, search)}>
      {children}
    </PlaceRow>
  );
}
