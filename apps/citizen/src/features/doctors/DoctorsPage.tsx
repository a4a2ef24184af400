import { Trans, useLingui } from "@lingui/react/macro";
import { IconStethoscope } from "@tabler/icons-react";
import { useLocation, useSearch } from "wouter";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { Choice, Chosen, SpecialtyChoice } from "../../platform/choices.tsx";
import { CouldNotRead, SkeletonRows, NearMe } from "../facilities/facilities.ts";
import { useNear } from "../city/city.ts";
import { SearchBox } from "../search/search.ts";
import { DoctorRow } from "./DoctorRow.tsx";
import { languageName } from "./language-name.ts";
import { useDoctors } from "./queries.ts";
import {
  NO_DOCTOR_TERMS,
  OFFERED_LANGUAGES,
  readDoctorTerms,
  writeDoctorTerms,
  type DoctorTerms,
} from "./terms.ts";

/** Who treats what I have, near me, and is there now. */
export function DoctorsPage() {
  const formats = useFormats();
  const search = useSearch();
  const [, navigate] = useLocation();
  const terms = readDoctorTerms(search);
  const { near } = useNear();
  const list = useDoctors(terms, near);
  const show = (next: DoctorTerms) => navigate(hrefTo("/doctors", writeDoctorTerms(next), search));
  return (
    <main id="main" className="page">
      <h1>{terms.specialty ? specialtyName(terms.specialty, formats.language) : <Trans>Doctors</Trans>}</h1>
      <SearchBox q="" />
      <DoctorFilterBar terms={terms} onChange={show} />
      <NearMe />
      {list.isPending ? (
        <SkeletonRows />
      ) : list.isError && !list.data ? (
        <CouldNotRead onRetry={() => void list.refetch()} />
      ) : (
        <DoctorList list={list} onShowAll={() => show(NO_DOCTOR_TERMS)} />
      )}
    </main>
  );
}

function DoctorFilterBar({
  terms,
  onChange,
}: {
  terms: DoctorTerms;
  onChange: (terms: DoctorTerms) => void;
}) {
  const { t } = useLingui();
  const { language } = useFormats();
  const { q, specialty, spoken, isOnDuty, facility } = terms;
  const languages: readonly string[] = [...new Set([...OFFERED_LANGUAGES, ...(spoken ? [spoken] : [])])];
  return (
    <div className="filters" role="group" aria-label={t`Filters`}>
      <button
        type="button"
        className="filter"
        aria-pressed={isOnDuty}
        onClick={() => onChange({ ...terms, isOnDuty: !isOnDuty })}
      >
        <IconStethoscope stroke={1.75} size={18} aria-hidden="true" />
        {t`On duty now`}
      </button>
      {q && <Chosen name={q} onRemove={() => onChange({ ...terms, q: null })} />}
      {facility && <Chosen name={t`One place`} onRemove={() => onChange({ ...terms, facility: null })} />}
      <SpecialtyChoice value={specialty} onChange={(next) => onChange({ ...terms, specialty: next })} />
      <Choice
        label={t`Language spoken`}
        value={spoken ?? ""}
        onChange={(next) => onChange({ ...terms, spoken: next || null })}
      >
        <option value="">{t`Any language`}</option>
        {languages.map((code) => (
          <option key={code} value={code}>
            {languageName(code, language)}
          </option>
        ))}
      </Choice>
    </div>
  );
}

function DoctorList({ list, onShowAll }: { list: ReturnType<typeof useDoctors>; onShowAll: () => void }) {
  const { t } = useLingui();
  const doctors = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (doctors.length === 0)
    return (
      <Empty
        title={<Trans>No doctor fits what you look for</Trans>}
        actions={
          <button type="button" className="button" onClick={onShowAll}>
            <Trans>Show all doctors</Trans>
          </button>
        }
      >
        <Trans>Look for fewer things at once. In an emergency call 112 or 108.</Trans>
      </Empty>
    );
  return (
    <>
      <ul className="rows" aria-label={t`Doctors, nearest first`} aria-busy={list.isPlaceholderData}>
        {doctors.map((doctor) => (
          <li key={doctor.id}>
            <DoctorRow doctor={doctor} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button
          type="button"
          className="button-wide"
          onClick={() => void list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
        >
          {list.isFetchingNextPage ? <Trans>Loading more</Trans> : <Trans>Show more doctors</Trans>}
        </button>
      )}
    </>
  );
}
