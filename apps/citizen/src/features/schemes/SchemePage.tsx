import "./schemes.css";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconExternalLink, IconPhone } from "@tabler/icons-react";
import { Link, useLocation, useSearch } from "wouter";
import type { Reply } from "@ihims/core/endpoint.ts";
import type { listSchemeFacilities, SchemeRecord } from "@ihims/core/schemes/endpoints.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo, useHref } from "../../platform/address.ts";
import { Refused } from "../../platform/api.ts";
import { SpecialtyChoice } from "../../platform/choices.tsx";
import { useNear } from "../city/city.ts";
import { CouldNotRead, FacilityRow, NearMe, SkeletonRows } from "../facilities/facilities.ts";
import { useScheme, useSchemeFacilities } from "./queries.ts";

/** One scheme: who it is for, what to bring, what to do, and where it is honoured for what one needs. */
export function SchemePage({ id }: { id: string }) {
  const href = useHref();
  const scheme = useScheme(id);
  return (
    <main id="main" className="page schemes">
      <Link className="back" href={href("/schemes")}>
        <IconArrowLeft stroke={1.75} size={20} aria-hidden="true" />
        <Trans>All schemes</Trans>
      </Link>
      {scheme.data ? (
        <SchemeContent scheme={scheme.data} />
      ) : scheme.error instanceof Refused && scheme.error.status < 500 ? (
        <Empty isPage title={<Trans>This scheme is not listed here</Trans>} />
      ) : scheme.isError ? (
        <CouldNotRead onRetry={() => void scheme.refetch()} />
      ) : (
        <SkeletonRows />
      )}
    </main>
  );
}

function SchemeContent({ scheme }: { scheme: SchemeRecord }) {
  const formats = useFormats();
  const { id, name, authority, who, covers, ways, documents, steps, helpline, website, asOf } = scheme;
  const asOfDay = formats.day(asOf);
  const number = helpline?.number;
  return (
    <>
      <h1>{name}</h1>
      <p className="quiet">
        {authority} · <Trans>rules as of {asOfDay}</Trans>
      </p>
      <div className="place-actions place-actions-wide">
        {number && (
          <a className="action" href={`tel:${number}`}>
            <IconPhone stroke={1.75} aria-hidden="true" />
            <Trans>Call {number}</Trans>
          </a>
        )}
        <a className="action" href={website} rel="noreferrer">
          <IconExternalLink stroke={1.75} aria-hidden="true" />
          <Trans>Official page</Trans>
        </a>
      </div>
      <Facts title={<Trans>Who it is for</Trans>} name="who" facts={[who]} />
      <section className="card" aria-labelledby="asked">
        <h2 id="asked">
          <Trans>What is asked</Trans>
        </h2>
        {ways.map(({ id: way, words, criteria }, i) => (
          <div key={way}>
            {ways.length > 1 && <h3>{i === 0 ? words : <Trans>Or: {words}</Trans>}</h3>}
            <FactList facts={criteria} />
          </div>
        ))}
      </section>
      <Facts title={<Trans>What it pays</Trans>} name="covers" facts={covers} />
      <Facts title={<Trans>What to bring</Trans>} name="documents" facts={documents} />
      <Facts title={<Trans>How to use it</Trans>} name="steps" facts={steps} isOrdered />
      <HonouredNear id={id} />
    </>
  );
}

type SaidFact = SchemeRecord["who"];

function Facts({
  title,
  name,
  facts,
  isOrdered = false,
}: {
  title: React.ReactNode;
  name: string;
  facts: readonly SaidFact[];
  isOrdered?: boolean;
}) {
  return (
    <section className="card" aria-labelledby={name}>
      <h2 id={name}>{title}</h2>
      <FactList facts={facts} isOrdered={isOrdered} />
    </section>
  );
}

/** Facts with where they are from; a source that stands for several is named once. */
function FactList({ facts, isOrdered = false }: { facts: readonly SaidFact[]; isOrdered?: boolean }) {
  const formats = useFormats();
  const List = isOrdered ? "ol" : "ul";
  const sources = [...new Map(facts.map(({ source }) => [source.title, source])).values()];
  return (
    <>
      <List className="facts">
        {facts.map(({ words }) => (
          <li key={words}>{words}</li>
        ))}
      </List>
      {sources.map(({ title, publisher, date }) => {
        const day = formats.day(date);
        return (
          <p key={title} className="quiet caption">
            <Trans>
              Source: {publisher}, <span lang="en">{title}</span>, {day}
            </Trans>
          </p>
        );
      })}
    </>
  );
}

/** Where the scheme is honoured for what one needs, nearest first. */
function HonouredNear({ id }: { id: string }) {
  const { t } = useLingui();
  const search = useSearch();
  const [, navigate] = useLocation();
  const { near } = useNear();
  const specialty = SpecialtyId.safeParse(new URLSearchParams(search).get("specialty")).data ?? null;
  const list = useSchemeFacilities(id, specialty, near);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const choose = (next: SpecialtyId | null) =>
    navigate(hrefTo(`/schemes/${id}`, new URLSearchParams(next ? { specialty: next } : {}), search), {
      replace: true,
    });
  return (
    <section aria-labelledby="honoured" className="schemes">
      <h2 id="honoured">
        <Trans>Hospitals near you that honour it</Trans>
      </h2>
      <div className="filters" role="group" aria-label={t`What you need`}>
        <SpecialtyChoice value={specialty} onChange={choose} />
      </div>
      <NearMe />
      {list.isPending ? (
        <SkeletonRows count={3} />
      ) : list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={<Trans>No hospital has said that it honours this for what you need</Trans>}>
          <Trans>Call the helpline: its list may be newer than ours.</Trans>
        </Empty>
      ) : (
        <ul className="rows" aria-busy={list.isPlaceholderData}>
          {items.map((facility) => (
            <li key={facility.id}>
              <FacilityRow facility={facility} bed={null} />
              <Dates empanelments={facility.empanelments} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="button-wide"
          onClick={() => void list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
        >
          {list.isFetchingNextPage ? <Trans>Loading more</Trans> : <Trans>Show more places</Trans>}
        </button>
      )}
    </section>
  );
}

type Empanelments = Reply<typeof listSchemeFacilities>["items"][number]["empanelments"];

/** For which specialties and from when until when a place says that it honours the scheme. */
function Dates({ empanelments }: { empanelments: Empanelments }) {
  const { t } = useLingui();
  const formats = useFormats();
  return empanelments.map(({ specialties, from, to }) => {
    const named = specialties.map((id) => specialtyName(id, formats.language)).join(", ");
    const since = from && formats.day(from);
    const until = to && formats.day(to);
    const parts = [
      named === "" ? t`For everything it treats` : t`Only for ${named}`,
      since && t`since ${since}`,
      until && t`until ${until}`,
    ];
    return (
      <p key={`${named} ${since} ${until}`} className="quiet caption empanelment">
        {parts.filter(Boolean).join(" · ")}
      </p>
    );
  });
}
