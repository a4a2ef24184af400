import { Trans } from "@lingui/react/macro";
import { nameOf } from "@ihims/core/care/words.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";

/** What a place treats, what it has for that, and which schemes pay for which of it. */
export function Offers({ facility }: { facility: FacilityRecord }) {
  const { language } = useFormats();
  const { specialties, services, schemes } = facility;
  if (specialties.length + services.length + schemes.length === 0) return null;
  const specialty = (id: string) => {
    const known = SpecialtyId.safeParse(id).data;
    return known ? specialtyName(known, language) : id.replaceAll("-", " ");
  };
  return (
    <section aria-labelledby="offers" className="card">
      <h2 id="offers">
        <Trans>What is offered here</Trans>
      </h2>
      <dl className="details">
        {specialties.length > 0 && (
          <div className="detail">
            <dt>
              <Trans>Specialties</Trans>
            </dt>
            <dd>{specialties.map(specialty).join(", ")}</dd>
          </div>
        )}
        {services.length > 0 && (
          <div className="detail">
            <dt>
              <Trans>Services</Trans>
            </dt>
            <dd>{services.map((id) => nameOf("service", id, language)).join(", ")}</dd>
          </div>
        )}
        {schemes.length > 0 && (
          <div className="detail">
            <dt>
              <Trans>Schemes</Trans>
            </dt>
            <dd>
              {schemes.map(({ scheme, specialties: only }) => (
                <span key={scheme} className="line">
                  {nameOf("scheme", scheme, language)}
                  {only.length > 0 && (
                    <span className="quiet">
                      {" "}
                      <Trans>only for {only.map(specialty).join(", ")}</Trans>
                    </span>
                  )}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
