import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { Link, useSearch } from "wouter";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { distanceM } from "@ihims/core/geo.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { instantOf } from "@ihims/core/time.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { readFigure } from "@ihims/ui/reading.ts";
import { Empty, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { KIND_WORDS, OWNERSHIP_WORDS } from "@ihims/ui/words/facilities.ts";
import { figureSentence } from "@ihims/ui/words/figure.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { Refused } from "../../platform/api.ts";
import { useLive } from "../../platform/live.ts";
import { languageOfScript, nameIn, useNear } from "../city/city.ts";
import { BloodOfFacility } from "../blood/blood.ts";
import { DoctorsOfFacility } from "../doctors/doctors.ts";
import { HoldHere } from "../holds/holds.ts";
import { StockHere } from "../pharmacies/pharmacies.ts";
import { BedsOfFacility } from "./BedsOfFacility.tsx";
import { FacilityDetails } from "./FacilityDetails.tsx";
import { CouldNotRead } from "./FacilityList.tsx";
import { readFilters, writeFilters } from "./filters.ts";
import { applyLiveEvent, readAgain, type FacilityEvent } from "./live-facilities.ts";
import { Offers } from "./Offers.tsx";
import { OtherFigures } from "./OtherFigures.tsx";
import { PlaceActions } from "./PlaceActions.tsx";
import { useAgeOf, useFacility } from "./queries.ts";
import { ShareButton } from "./ShareButton.tsx";

/** Everything about one place, live. On a phone a page of its own, beside the list a panel. */
export function FacilityPage({ id, isPanel = false }: { id: FacilityId; isPanel?: boolean }) {
  const facility = useFacility(id);
  const announced = useLiveFacility(id, facility.data, facility.dataUpdatedAt);
  const Frame = isPanel ? "section" : "main";
  return (
    <Frame
      id={isPanel ? undefined : "main"}
      className={isPanel ? "panel" : "page"}
      aria-labelledby="facility-name"
    >
      <BackLink isPanel={isPanel} />
      {facility.data ? (
        <FacilityContent facility={facility.data} />
      ) : facility.isError ? (
        <FacilityFailure error={facility.error} onRetry={() => void facility.refetch()} />
      ) : (
        <FacilitySkeleton />
      )}
      <p className="ui-visually-hidden" role="status">
        {announced}
      </p>
    </Frame>
  );
}

/** Follow one place: its figures move on the page, and a changed number is said to who hears the page. */
function useLiveFacility(
  id: FacilityId,
  read: ReturnType<typeof useFacility>["data"],
  readAt: number,
): string {
  const { i18n } = useLingui();
  const formats = useFormats();
  const queries = useQueryClient();
  const [announced, setAnnounced] = useState("");
  const onEvent = useCallback(
    (event: FacilityEvent) => {
      const before = queries.getQueryData<FacilityRecord>(["facility", id]);
      applyLiveEvent(queries, event);
      if (event.kind !== "bed" || event.facility !== id) return;
      const { figure } = event;
      const free = before?.beds.find(({ type }) => type === figure.type)?.value?.free;
      // A figure that was only confirmed is no news.
      if (free === figure.value?.free) return;
      const now = instantOf(Date.now());
      setAnnounced(figureSentence(i18n, formats, figure, readFigure(figure, now), now));
    },
    [queries, id, i18n, formats],
  );
  const onMissed = useCallback(() => readAgain(queries), [queries]);
  const live = useLive([`facility:${id}`], onEvent, onMissed);
  // What changed between the reading of the page and the opening of the stream was told to nobody.
  useEffect(() => {
    if (live === "open") void queries.invalidateQueries({ queryKey: ["facility", id] });
  }, [live, queries, id]);
  useAgeOf(live, read, readAt);
  return announced;
}

function BackLink({ isPanel }: { isPanel: boolean }) {
  const { t } = useLingui();
  const search = useSearch();
  const filters = writeFilters(readFilters(search));
  const view = new URLSearchParams(search).get("view");
  if (view) filters.set("view", view);
  const href = hrefTo(filters.size > 0 || isPanel ? "/facilities" : "/", filters, search);
  if (isPanel) {
    return (
      <Link className="icon-button panel-close" href={href} aria-label={t`Close`}>
        <IconX stroke={1.75} aria-hidden="true" />
      </Link>
    );
  }
  return (
    <Link className="back" href={href}>
      <IconArrowLeft stroke={1.75} size={20} aria-hidden="true" />
      <Trans>Back</Trans>
    </Link>
  );
}

function FacilityContent({ facility }: { facility: FacilityRecord }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { near, isMine } = useNear();
  const { name, original } = nameIn(formats.language, facility);
  useTitle(name);
  const facts = [
    i18n._(KIND_WORDS[facility.kind]),
    facility.ownership && i18n._(OWNERSHIP_WORDS[facility.ownership]),
    formats.open(facility.open, now),
    near && isMine && formats.distance(distanceM(near, facility.position)),
  ];
  return (
    <>
      <header className="facility-head">
        <h1 id="facility-name" tabIndex={-1}>
          {name}
        </h1>
        {original && (
          <p className="row-original" lang={languageOfScript(original)}>
            {original}
          </p>
        )}
        <p className="row-reason">{facts.filter(Boolean).join(" · ")}</p>
      </header>
      <PlaceActions place={facility} name={name} isWide />
      <StockHere facility={facility} />
      {facility.beds.length > 0 && <BedsOfFacility beds={facility.beds} />}
      <HoldHere facility={facility} />
      <BloodOfFacility figures={facility.figures} />
      <OtherFigures figures={facility.figures} />
      {facility.specialties.length > 0 && <DoctorsOfFacility id={facility.id} />}
      <Offers facility={facility} />
      <FacilityDetails facility={facility} />
      <ShareButton name={name} />
    </>
  );
}

/** The name of the place in the browser's tab and history, while its page is open. */
function useTitle(name: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = name;
    return () => {
      document.title = before;
    };
  }, [name]);
}

function FacilityFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const search = useSearch();
  if (!(error instanceof Refused) || error.status !== 404) return <CouldNotRead onRetry={onRetry} />;
  return (
    <Empty
      isPage
      title={<Trans>This place is not listed here</Trans>}
      actions={
        <Link
          className="button"
          href={hrefTo("/facilities", new URLSearchParams({ kind: "hospital" }), search)}
        >
          <Trans>Show all hospitals</Trans>
        </Link>
      }
    >
      <Trans>It may have closed, or the link is not complete.</Trans>
    </Empty>
  );
}

function FacilitySkeleton() {
  return (
    <Loading>
      <div className="skeleton-page">
        <Skeleton width="75%" height="2.1rem" />
        <Skeleton width="55%" height="1.4rem" />
        <Skeleton width="100%" height="48px" />
        <Skeleton width="100%" height="5rem" />
        <Skeleton width="100%" height="5rem" />
        <Skeleton width="100%" height="5rem" />
      </div>
    </Loading>
  );
}
