import { Link, useSearch } from "wouter";
import type { DoctorSummary } from "@ihims/core/doctors/endpoints.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { hrefTo } from "../../platform/address.ts";
import { languageOfScript, nameIn } from "../city/city.ts";
import { DutyChip } from "./DutyChip.tsx";

/** Posts of a doctor that a row tells; the page tells all. */
const POSTS_MAX = 2;

/** A doctor in a list: who it is, what for, where, and whether there now. */
export function DoctorRow({ doctor, as: Heading = "h2" }: { doctor: DoctorSummary; as?: "h2" | "h3" }) {
  const formats = useFormats();
  const search = useSearch();
  const { name, original } = nameIn(formats.language, doctor);
  return (
    <article className="row doctor">
      <div className="row-name">
        <Heading className="row-title">
          <Link
            className="row-link"
            href={hrefTo(`/doctors/${doctor.id}`, new URLSearchParams(search), search)}
          >
            {name}
          </Link>
        </Heading>
        {original && (
          <p className="row-original" lang={languageOfScript(original)}>
            {original}
          </p>
        )}
        <p className="row-reason">{doctor.specialties.map((one) => one.name).join(" · ")}</p>
        <ul className="posts">
          {doctor.posts.slice(0, POSTS_MAX).map(({ facility, distance, duty }) => (
            <li key={facility.id}>
              <DutyChip duty={duty} />
              <span>
                {[
                  nameIn(formats.language, facility).name,
                  distance === null ? null : formats.distance(distance),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}
