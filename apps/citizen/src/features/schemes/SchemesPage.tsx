import "./schemes.css";
import { Trans } from "@lingui/react/macro";
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "wouter";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { CouldNotRead, SkeletonRows } from "../facilities/facilities.ts";
import { useSchemes } from "./queries.ts";
import { Screener } from "./Screener.tsx";

/** Who may pay for care: what there is, and what of it may be for me. */
export function SchemesPage() {
  const href = useHref();
  const formats = useFormats();
  const schemes = useSchemes();
  return (
    <main id="main" className="page schemes">
      <h1>
        <Trans>Schemes and insurance</Trans>
      </h1>
      <p className="quiet">
        <Trans>Who may pay for treatment, what to bring, and which hospitals honour it.</Trans>
      </p>
      {schemes.isError && !schemes.data ? (
        <CouldNotRead onRetry={() => void schemes.refetch()} />
      ) : !schemes.data ? (
        <SkeletonRows />
      ) : (
        <ul className="rows">
          {schemes.data.items.map(({ id, name, who, facilities }) => {
            const count = formats.number(facilities);
            return (
              <li key={id}>
                <article className="row">
                  <div className="row-name">
                    <h2 className="row-title">
                      <Link className="row-link" href={href(`/schemes/${id}`)}>
                        {name}
                      </Link>
                    </h2>
                    <p className="row-reason">{who.words}</p>
                    <p className="row-reason">
                      <Trans>Hospitals and clinics here: {count}</Trans>
                    </p>
                  </div>
                  <IconChevronRight stroke={1.75} className="scheme-arrow" aria-hidden="true" />
                </article>
              </li>
            );
          })}
        </ul>
      )}
      <Screener />
    </main>
  );
}
