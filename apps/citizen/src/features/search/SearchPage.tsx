import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { SearchFilters } from "@ihims/core/search/endpoints.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { hrefTo, useHref } from "../../platform/address.ts";
import { useLive } from "../../platform/live.ts";
import { usePageAge } from "../../platform/page-age.tsx";
import {
  CouldNotRead,
  EmergencyDepartments,
  SkeletonRows,
  FacilityRow,
  NO_FILTERS,
  writeFilters,
  type Filters,
  applyLiveEvent,
  readAgain,
  type FacilityEvent,
  NearMe,
  usePlacesOfName,
} from "../facilities/facilities.ts";
import { useNear } from "../city/city.ts";
import { EmergencyCard } from "./EmergencyCard.tsx";
import { MayMean } from "./MayMean.tsx";
import { useSearchAnswer, type SearchAnswer } from "./queries.ts";
import { SearchBox } from "./SearchBox.tsx";
import { SearchFilterBar } from "./SearchFilterBar.tsx";
import { readTerms, writeTerms, type SearchTerms } from "./terms.ts";
import { Understood } from "./Understood.tsx";

/** What was searched for, what was understood of it, and where to go now: the best first, each with its reasons. */
export function SearchPage() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const terms = readTerms(search);
  const { near } = useNear();
  const answer = useSearchAnswer(terms, near);
  useLiveAnswer(answer.data, answer.dataUpdatedAt);
  const show = (next: SearchTerms) => navigate(hrefTo("/search", writeTerms(next), search));
  return (
    <main id="main" className="page results">
      <h1 className="ui-visually-hidden">{terms.q === "" ? <Trans>Search</Trans> : terms.q}</h1>
      <SearchBox q={terms.q} />
      {terms.q === "" ? (
        <p className="quiet">
          <Trans>Write what you need: an illness, a doctor, a place, a bed, blood.</Trans>
        </p>
      ) : answer.data ? (
        <div className="results" aria-busy={answer.isPlaceholderData}>
          <Answer answer={answer.data} terms={terms} onShow={show} />
        </div>
      ) : answer.isError ? (
        <>
          <CouldNotRead onRetry={() => void answer.refetch()} />
          <PlacesOfName q={terms.q} />
        </>
      ) : (
        <SkeletonRows />
      )}
    </main>
  );
}

/** Without a server nobody understands words, but the phone's copy knows places by their names. */
function PlacesOfName({ q }: { q: string }) {
  const { near } = useNear();
  const places = usePlacesOfName(q, near);
  if (!places.data || places.data.items.length === 0) return null;
  return (
    <section aria-labelledby="of-name">
      <h2 id="of-name">
        <Trans>Places of this name</Trans>
      </h2>
      <ul className="rows">
        {places.data.items.map((facility) => (
          <li key={facility.id}>
            <FacilityRow facility={facility} bed={null} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Keep the beds of the answer's places current. */
function useLiveAnswer(answer: SearchAnswer | undefined, readAt: number): void {
  const queries = useQueryClient();
  const onEvent = useCallback((event: FacilityEvent) => applyLiveEvent(queries, event), [queries]);
  const onMissed = useCallback(() => readAgain(queries), [queries]);
  const shown = [...(answer?.facilities ?? []), ...(answer?.emergencyDepartments ?? [])];
  const topics = shown.filter(({ beds }) => beds.length > 0).map(({ id }) => `facility:${id}` as const);
  usePageAge(useLive([...new Set(topics)], onEvent, onMissed), readAt);
}

interface AnswerProps {
  answer: SearchAnswer;
  terms: SearchTerms;
  onShow: (terms: SearchTerms) => void;
}

function Answer({ answer, terms, onShow }: AnswerProps) {
  const { emergency, firstSteps, interpretation, items, facilities, emergencyDepartments } = answer;
  // Who looks for somebody by name, or was not understood, chooses first what is meant.
  const isByName = interpretation.intent === "doctor" || interpretation.intent === "unknown";
  return (
    <>
      {emergency && <EmergencyCard firstSteps={firstSteps} />}
      <Understood interpretation={interpretation} terms={terms} onShow={onShow} />
      <SearchFilterBar terms={terms} onChange={onShow} />
      {interpretation.nearFrom !== "words" && <NearMe />}
      {isByName && <MayMean items={items} interpretation={interpretation} />}
      {interpretation.intent === "blood" && <ToBlood group={answer.filters.blood} />}
      {facilities.length > 0 ? <PlacesToGo answer={answer} terms={terms} /> : <NoPlace answer={answer} />}
      {!isByName && <MayMean items={items} interpretation={interpretation} />}
      {!emergency && <EmergencyDepartments departments={emergencyDepartments} />}
    </>
  );
}

/** Who asks for blood finds units by group there, and what can be given instead. */
function ToBlood({ group }: { group: SearchFilters["blood"] }) {
  const href = useHref();
  return (
    <Link className="button" href={href("/blood", new URLSearchParams(group ? { group } : {}))}>
      <Trans>Units by blood group, and what can be given instead</Trans>
    </Link>
  );
}

function PlacesToGo({ answer, terms }: { answer: SearchAnswer; terms: SearchTerms }) {
  const { t } = useLingui();
  const href = useHref();
  const { facilities, filters } = answer;
  const isNamed = answer.interpretation.intent === "facility" && filters.kind.length === 0;
  const all = listFiltersOf(filters, terms);
  return (
    <section aria-labelledby="where">
      <h2 id="where">
        {isNamed ? <Trans>Places of this name</Trans> : <Trans>Where to go, soonest care first</Trans>}
      </h2>
      <ul className="rows" aria-label={t`Places, soonest care first`}>
        {facilities.map((facility) => (
          <li key={facility.id}>
            <FacilityRow facility={facility} bed={filters.bed} />
          </li>
        ))}
      </ul>
      {all && (
        <Link className="button-wide" href={href("/facilities", writeFilters(all))}>
          <Trans>All places, and the map</Trans>
        </Link>
      )}
    </section>
  );
}

/** The whole list of what was searched for, where the list has filters for it; null where it has not. */
function listFiltersOf(filters: SearchFilters, terms: SearchTerms): Filters | null {
  const [specialty = null] = filters.specialties;
  const [service = null] = filters.services;
  const { bed, scheme, blood } = filters;
  if (blood || (!specialty && !service && !bed && !scheme)) return null;
  return {
    ...NO_FILTERS,
    kind: filters.kind.length === 1 ? (filters.kind[0] ?? null) : null,
    specialty,
    service,
    bed,
    scheme,
    isOpenNow: filters.open === "now",
    radius: terms.radius,
  };
}

function NoPlace({ answer: { interpretation, items } }: { answer: SearchAnswer }) {
  if (interpretation.intent !== "unknown")
    return (
      <Empty title={<Trans>No place is known for this</Trans>}>
        <Trans>Look farther away or for less. In an emergency call 112 or 108.</Trans>
      </Empty>
    );
  if (items.length > 0) return null;
  return (
    <Empty title={<Trans>We did not understand these words</Trans>}>
      <Trans>Write it another way, or in another language: what hurts, a doctor's name, a kind of bed.</Trans>
    </Empty>
  );
}
