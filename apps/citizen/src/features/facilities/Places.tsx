import { useNear } from "../city/city.ts";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect } from "react";
import { useLocation, useSearch } from "wouter";
import { nameOf } from "@ihims/core/care/words.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { TOPICS_MAX } from "@ihims/core/live/schema.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { Loading, Skeleton } from "@ihims/ui/States.tsx";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { KIND_WORDS } from "@ihims/ui/words/facilities.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { SearchBox } from "../search/search.ts";
import { Boundary } from "../../platform/Boundary.tsx";
import { useLive } from "../../platform/live.ts";
import { useMedia, WIDE } from "../../platform/media.ts";
import { FacilityList } from "./FacilityList.tsx";
import { FacilityPage } from "./FacilityPage.tsx";
import { FacilityRow } from "./FacilityRow.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { readFilters, writeFilters, type Filters } from "./filters.ts";
import { applyLiveEvent, readAgain, type FacilityEvent } from "./live-facilities.ts";
import { NearMe } from "./NearMe.tsx";
import { useAgeOf, useFacilities } from "./queries.ts";

const CityMap = lazy(async () => ({ default: (await import("./map/CityMap.tsx")).CityMap }));

/** Most places that a map shows: pages are read until there are as many. */
const MAP_ITEMS_MAX = 500;

type View = "list" | "map";

/**
 * Where to go: a list, and the same places on a map. On a phone one after the other, and a place's
 * page on its own; on a wide screen side by side.
 */
export function Places({ id }: { id: string | undefined }) {
  const isWide = useMedia(WIDE);
  const opened = FacilityId.safeParse(id).data;
  if (opened && !isWide) return <FacilityPage key={opened} id={opened} />;
  return <ListAndMap opened={opened} isWide={isWide} />;
}

function ListAndMap({ opened, isWide }: { opened: FacilityId | undefined; isWide: boolean }) {
  const search = useSearch();
  const [, navigate] = useLocation();
  const address = new URLSearchParams(search);
  const filters = readFilters(search);
  const view: View = address.get("view") === "map" ? "map" : "list";
  const list = useLivePlaces(filters, view === "map" || isWide);
  const at = opened ?? address.get("at") ?? undefined;

  const show = (next: Filters, nextView: View = view) => {
    navigate(hrefTo("/facilities", addressOf(next, nextView), search));
  };
  const select = (one: FacilityId | undefined) => {
    const next = addressOf(filters, isWide ? view : "map");
    if (one && !isWide) next.set("at", one);
    const path = one && isWide ? `/facilities/${one}` : "/facilities";
    navigate(hrefTo(path, next, search), { replace: !isWide });
  };
  const map = <PlacesMap list={list} filters={filters} at={at} isWide={isWide} onSelect={select} />;
  return (
    <div className="places" data-view={view}>
      <main id="main" className="places-list">
        <PlacesHead filters={filters} view={view} isWide={isWide} onShow={show} />
        {view === "list" || isWide ? (
          <FacilityList list={list} filters={filters} onChange={show} selected={at} />
        ) : (
          map
        )}
      </main>
      {isWide && (
        <div className="places-side">
          {map}
          {opened && <FacilityPage key={opened} id={opened} isPanel />}
        </div>
      )}
    </div>
  );
}

function addressOf(filters: Filters, view: View): URLSearchParams {
  const address = writeFilters(filters);
  if (view === "map") address.set("view", "map");
  return address;
}

/** The list, kept current by the stream; with a map, as many pages of it as a map can show. */
function useLivePlaces(filters: Filters, hasMap: boolean) {
  const { near } = useNear();
  const queries = useQueryClient();
  const list = useFacilities(filters, near);
  const facilities = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const onEvent = useCallback((event: FacilityEvent) => applyLiveEvent(queries, event), [queries]);
  const onMissed = useCallback(() => readAgain(queries), [queries]);
  const topics = facilities
    .filter(({ beds }) => beds.length > 0)
    .slice(0, TOPICS_MAX)
    .map(({ id }) => `facility:${id}`);
  const live = useLive(topics, onEvent, onMissed);
  useAgeOf(live, list.data?.pages[0], list.dataUpdatedAt);
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const wantsMore = hasMap && hasNextPage && !isFetching && facilities.length < MAP_ITEMS_MAX;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  return list;
}

interface HeadProps {
  filters: Filters;
  view: View;
  isWide: boolean;
  onShow: (filters: Filters, view?: View) => void;
}

function PlacesHead({ filters, view, isWide, onShow }: HeadProps) {
  const { t, i18n } = useLingui();
  const { language } = useFormats();
  const { bed, specialty, service, scheme, kind } = filters;
  const bedName = bed && i18n._(BED_WORDS[bed]);
  const needs = [
    bedName && t`${bedName} bed free`,
    service && nameOf("service", service, language),
    specialty && specialtyName(specialty, language),
    scheme && nameOf("scheme", scheme, language),
  ].filter(Boolean);
  const what = kind ? i18n._(KIND_WORDS[kind]) : t`All places`;
  return (
    <>
      <h1>{needs.length > 0 ? needs.join(" · ") : what}</h1>
      <SearchBox q="" />
      <FilterBar filters={filters} onChange={(next) => onShow(next)} />
      {!isWide && (
        <div className="views" role="group" aria-label={t`View`}>
          {(["list", "map"] as const).map((one) => (
            <button key={one} type="button" aria-pressed={view === one} onClick={() => onShow(filters, one)}>
              {one === "list" ? t`List` : t`Map`}
            </button>
          ))}
        </div>
      )}
      <NearMe />
    </>
  );
}

interface MapProps {
  list: ReturnType<typeof useLivePlaces>;
  filters: Filters;
  at: string | undefined;
  isWide: boolean;
  onSelect: (id: FacilityId | undefined) => void;
}

function PlacesMap({ list, filters, at, isWide, onSelect }: MapProps) {
  const facilities = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const selected = facilities.find(({ id }) => id === at);
  return (
    <>
      <div className="map-frame">
        <Boundary
          fallback={() => (
            <p className="quiet map-impossible">
              <Trans>The map could not be loaded. The list has the same places.</Trans>
            </p>
          )}
        >
          <Suspense
            fallback={
              <Loading>
                <Skeleton width="100%" height="100%" />
              </Loading>
            }
          >
            <CityMap facilities={facilities} bed={filters.bed} selected={selected?.id} onSelect={onSelect} />
          </Suspense>
        </Boundary>
      </div>
      {selected && !isWide && (
        <div className="map-card">
          <FacilityRow facility={selected} bed={filters.bed} as="h2" isSelected />
        </div>
      )}
    </>
  );
}
