import { Trans, useLingui } from "@lingui/react/macro";
import {
  IconBed,
  IconBuildingCottage,
  IconBuildingHospital,
  IconDroplet,
  IconIdBadge2,
  IconPill,
  IconStethoscope,
  type Icon,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback } from "react";
import { Link } from "wouter";
import { useHref } from "../../platform/address.ts";
import { useLive } from "../../platform/live.ts";
import { nameIn, useCity, useNear } from "../city/city.ts";
import { SearchBox } from "../search/search.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { CouldNotRead, SkeletonRows } from "./FacilityList.tsx";
import { FacilityRow } from "./FacilityRow.tsx";
import { NO_FILTERS, writeFilters, type Filters } from "./filters.ts";
import { applyLiveEvent, readAgain, type FacilityEvent } from "./live-facilities.ts";
import { NearMe } from "./NearMe.tsx";
import { useAgeOf, useFacilities } from "./queries.ts";

/** Most days there is none, so nobody waits for it. */
const AlertsNearYou = lazy(async () => ({
  default: (await import("../alerts/alerts.ts")).AlertsNearYou,
}));

/** Places on the first screen; the rest are one tap away. */
const NEAR_YOU_ITEMS = 5;
const HOSPITALS: Filters = { ...NO_FILTERS, kind: "hospital" };

/** The first screen: what is looked for, and what is near. */
export function Home() {
  const { t } = useLingui();
  const formats = useFormats();
  const city = useCity();
  const cityName = city.data ? nameIn(formats.language, city.data).name : null;
  const href = useHref();
  const places = (filters: Filters) => href("/facilities", writeFilters(filters));
  return (
    <main id="main" className="page home">
      <h1>
        {cityName === null ? <Trans>Healthcare near you</Trans> : <Trans>Healthcare in {cityName}</Trans>}
      </h1>
      <SearchBox q="" />
      <nav aria-label={t`What are you looking for`}>
        <ul className="tiles">
          <Tile icon={IconBuildingHospital} to={places(HOSPITALS)}>{t`Hospital`}</Tile>
          <Tile icon={IconBed} to={places({ ...HOSPITALS, bed: "icu" })}>{t`Bed`}</Tile>
          <Tile icon={IconStethoscope} to={href("/doctors")}>{t`Doctor`}</Tile>
          <Tile icon={IconPill} to={href("/medicines")}>{t`Medicine`}</Tile>
          <Tile icon={IconDroplet} to={href("/blood")}>{t`Blood`}</Tile>
          <Tile icon={IconIdBadge2} to={href("/schemes")}>{t`Schemes`}</Tile>
          <Tile icon={IconBuildingCottage} to={places({ ...NO_FILTERS, kind: "clinic" })}>{t`Clinic`}</Tile>
        </ul>
      </nav>
      <Suspense fallback={null}>
        <AlertsNearYou />
      </Suspense>
      <NearYou />
    </main>
  );
}

function Tile({ icon: TileIcon, to, children }: { icon: Icon; to: string; children: string }) {
  return (
    <li>
      <Link className="tile" href={to}>
        <TileIcon stroke={1.75} size={28} aria-hidden="true" />
        <span>{children}</span>
      </Link>
    </li>
  );
}

/** The nearest hospitals with their live beds. */
function NearYou() {
  const href = useHref();
  const queries = useQueryClient();
  const { near } = useNear();
  const list = useFacilities(HOSPITALS, near);
  const facilities = list.data?.pages[0]?.items.slice(0, NEAR_YOU_ITEMS) ?? [];
  const onEvent = useCallback((event: FacilityEvent) => applyLiveEvent(queries, event), [queries]);
  const onMissed = useCallback(() => readAgain(queries), [queries]);
  const live = useLive(
    facilities.map(({ id }) => `facility:${id}`),
    onEvent,
    onMissed,
  );
  useAgeOf(live, list.data?.pages[0], list.dataUpdatedAt);
  return (
    <section aria-labelledby="near-you">
      <div className="section-head">
        <h2 id="near-you">
          <Trans>Hospitals near you</Trans>
        </h2>
        <Link
          className="section-more"
          href={href("/facilities", new URLSearchParams([...writeFilters(HOSPITALS), ["view", "map"]]))}
        >
          <Trans>Map</Trans>
        </Link>
      </div>
      <NearMe />
      {list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : list.data ? (
        <ul className="rows">
          {facilities.map((facility) => (
            <li key={facility.id}>
              <FacilityRow facility={facility} bed={null} />
            </li>
          ))}
        </ul>
      ) : (
        <SkeletonRows count={NEAR_YOU_ITEMS} />
      )}
      {list.data && (
        <Link className="button-wide" href={href("/facilities", writeFilters(HOSPITALS))}>
          <Trans>All hospitals</Trans>
        </Link>
      )}
    </section>
  );
}
