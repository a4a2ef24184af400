import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import type { FacilityId } from "@ihims/core/ids.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { nameIn } from "../city/city.ts";
import { DutyChip } from "./DutyChip.tsx";
import { useDoctorsOnDuty } from "./queries.ts";
import { NO_DOCTOR_TERMS, writeDoctorTerms } from "./terms.ts";

/** Who is on duty at a place now. A list that cannot be read is left out: the page has the numbers to call. */
export function DoctorsOfFacility({ id }: { id: FacilityId }) {
  const formats = useFormats();
  const href = useHref();
  const doctors = useDoctorsOnDuty(id).data?.items;
  if (!doctors) return null;
  return (
    <section aria-labelledby="on-duty" className="card">
      <h2 id="on-duty">
        <Trans>Doctors on duty now</Trans>
      </h2>
      {doctors.length === 0 ? (
        <p className="quiet">
          <Trans>Nobody is on the roster just now. Call first.</Trans>
        </p>
      ) : (
        <ul className="beds">
          {doctors.map((doctor) => (
            <li key={doctor.id} className="bed">
              <span className="doctor-on-duty">
                <Link className="line" href={href(`/doctors/${doctor.id}`)}>
                  {nameIn(formats.language, doctor).name}
                </Link>
                <span className="quiet caption">{doctor.specialties.map((one) => one.name).join(" · ")}</span>
              </span>
              {doctor.posts[0] && <DutyChip duty={doctor.posts[0].duty} />}
            </li>
          ))}
        </ul>
      )}
      <Link
        className="button-wide"
        href={href("/doctors", writeDoctorTerms({ ...NO_DOCTOR_TERMS, facility: id }))}
      >
        <Trans>All doctors here</Trans>
      </Link>
    </section>
  );
}
