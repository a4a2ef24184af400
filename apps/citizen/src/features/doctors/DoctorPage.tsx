import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowLeft } from "@tabler/icons-react";
import { useEffect } from "react";
import { Link, useSearch } from "wouter";
import type { DoctorRecord } from "@ihims/core/doctors/endpoints.ts";
import { DoctorId } from "@ihims/core/ids.ts";
import type { DutySpan } from "@ihims/core/doctors/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { Refused } from "../../platform/api.ts";
import { languageOfScript, nameIn } from "../city/city.ts";
import { CouldNotRead, SkeletonRows, PlaceActions } from "../facilities/facilities.ts";
import { DutyChip } from "./DutyChip.tsx";
import { languageName } from "./language-name.ts";
import { useDoctor } from "./queries.ts";
import { readDoctorTerms, writeDoctorTerms } from "./terms.ts";

/** One doctor: what for, where, when, and whether there now. */
export function DoctorPage({ id }: { id: string }) {
  const known = DoctorId.safeParse(id).data;
  const search = useSearch();
  return (
    <main id="main" className="page" aria-labelledby="doctor-name">
      <Link className="back" href={hrefTo("/doctors", writeDoctorTerms(readDoctorTerms(search)), search)}>
        <IconArrowLeft stroke={1.75} size={20} aria-hidden="true" />
        <Trans>Doctors</Trans>
      </Link>
      {known ? <KnownDoctor id={known} /> : <NoSuchDoctor />}
    </main>
  );
}

function KnownDoctor({ id }: { id: DoctorId }) {
  const doctor = useDoctor(id);
  if (doctor.data) return <DoctorContent doctor={doctor.data} />;
  if (!doctor.isError) return <SkeletonRows count={3} />;
  const isUnknown = doctor.error instanceof Refused && doctor.error.status === 404;
  return isUnknown ? <NoSuchDoctor /> : <CouldNotRead onRetry={() => void doctor.refetch()} />;
}

function NoSuchDoctor() {
  return (
    <Empty isPage title={<Trans>This doctor is not listed here</Trans>}>
      <Trans>They may have left, or the link is not complete.</Trans>
    </Empty>
  );
}

function DoctorContent({ doctor }: { doctor: DoctorRecord }) {
  const formats = useFormats();
  const { name, original } = nameIn(formats.language, doctor);
  useEffect(() => {
    const before = document.title;
    document.title = name;
    return () => {
      document.title = before;
    };
  }, [name]);
  const spoken = doctor.languages.map((code) => languageName(code, formats.language)).join(", ");
  return (
    <>
      <header className="facility-head">
        <h1 id="doctor-name" tabIndex={-1}>
          {name}
        </h1>
        {original && (
          <p className="row-original" lang={languageOfScript(original)}>
            {original}
          </p>
        )}
        <p className="row-reason">{doctor.specialties.map((one) => one.name).join(" · ")}</p>
        {doctor.qualifications && <p className="row-reason">{doctor.qualifications}</p>}
        {spoken && (
          <p className="row-reason">
            <Trans>Speaks {spoken}</Trans>
          </p>
        )}
      </header>
      {doctor.posts.map((post) => (
        <PostCard key={post.facility.id} post={post} />
      ))}
      {doctor.registration && (
        <p className="quiet caption">
          <Trans>Registration {doctor.registration}</Trans>
        </p>
      )}
      <p className="quiet">
        <Trans>Call before you go. Duty changes at short notice.</Trans>
      </p>
    </>
  );
}

/** Where a doctor works, and when: the week, then the days that differ. */
function PostCard({ post }: { post: DoctorRecord["posts"][number] }) {
  const { t } = useLingui();
  const formats = useFormats();
  const search = useSearch();
  const now = useNow();
  const { facility, duty, spans, exceptions, leave } = post;
  const { name } = nameIn(formats.language, facility);
  const today = now.slice(0, 10);
  return (
    <section className="card" aria-label={name}>
      <h2>
        <Link href={hrefTo(`/facilities/${facility.id}`, new URLSearchParams(), search)}>{name}</Link>
      </h2>
      <p className="line">
        <DutyChip duty={duty} />
      </p>
      <PlaceActions place={{ ...facility, emergencyPhone: null }} name={name} isWide />
      {spans.length > 0 && (
        <div role="group" aria-label={t`Week`}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Line key={day} name={formats.weekday(day)} spans={spans.filter((span) => span.day === day)} />
          ))}
        </div>
      )}
      {exceptions
        .filter(({ date }) => date >= today)
        .map(({ date, spans: other, reason }) => (
          <Line key={date} name={formats.day(date)} spans={other} reason={reason} />
        ))}
      {leave
        .filter(({ to }) => to >= today)
        .map(({ from, to }) => (
          <p key={from} className="line">
            <Trans>
              On leave from {formats.day(from)} to {formats.day(to)}
            </Trans>
          </p>
        ))}
    </section>
  );
}

interface LineProps {
  name: string;
  spans: readonly Omit<DutySpan, "day">[];
  reason?: string | undefined;
}

function Line({ name, spans, reason }: LineProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const hours = spans.map(({ from, to, mode }) => {
    const span = `${formats.clock(from)} – ${formats.clock(to)}`;
    return mode === "on-call" ? t`${span} on call` : span;
  });
  return (
    <span className="line hours">
      <span>{name}</span> <span>{hours.length > 0 ? hours.join(", ") : "–"}</span> {reason}
    </span>
  );
}
