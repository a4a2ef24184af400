import { Button, NativeSelect } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Reply } from "@ihims/core/endpoint.ts";
import { listStockGaps, SEARCHES_MIN } from "@ihims/core/stock/gaps.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { usePageTitle } from "../../platform/page-title.ts";
import "./stock.css";

const DAYS = ["7", "1", "31"] as const;

type WardGaps = Reply<typeof listStockGaps>["wards"][number];

/** For the city: what is missing on shelves and was looked for in vain, ward by ward. */
export function GapsPage() {
  const { t } = useLingui();
  const { language } = useFormats();
  const [days, setDays] = useState(Number(DAYS[0]));
  usePageTitle(t`Medicines that are missing`);
  const gaps = useQuery({
    queryKey: ["stock-gaps", days, language],
    queryFn: ({ signal }) => call(listStockGaps, { query: { days, lang: language } }, { signal }),
  });
  const words: Record<(typeof DAYS)[number], string> = {
    "1": t`Today`,
    "7": t`Last 7 days`,
    "31": t`Last 31 days`,
  };
  return (
    <div className="shelf">
      <h1>
        <Trans>Medicines that are missing</Trans>
      </h1>
      <p className="shelf-what">
        <Trans>
          Searches of citizens that found a medicine nowhere near, and pharmacies that told they have none.
          Fewer than five searches are not shown, so that nobody can be guessed from them.
        </Trans>
      </p>
      <NativeSelect
        className="shelf-days"
        label={t`Looked at`}
        value={String(days)}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={DAYS.map((value) => ({ value, label: words[value] }))}
      />
      {gaps.data ? (
        gaps.data.wards.length === 0 ? (
          <Empty title={<Trans>Nothing is known to be missing</Trans>}>
            <Trans>As soon as pharmacies tell their stock and citizens search, it is counted here.</Trans>
          </Empty>
        ) : (
          gaps.data.wards.map((ward) => <Ward key={ward.ward} ward={ward} />)
        )
      ) : gaps.isPending ? (
        <Loading>
          <Skeleton width="100%" height="12rem" />
        </Loading>
      ) : (
        <Failure
          title={<Trans>What is missing could not be read</Trans>}
          actions={
            <Button onClick={() => void gaps.refetch()} loading={gaps.isFetching}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      )}
    </div>
  );
}

function Ward({ ward: { ward, searches, gaps } }: { ward: WardGaps }) {
  const formats = useFormats();
  const id = useId();
  return (
    <section className="gap-ward" aria-labelledby={id}>
      <h2 id={id}>{ward}</h2>
      <p className="shelf-what">
        <SearchesInVain count={searches} />
      </p>
      {gaps.length > 0 && (
        <table className="gap-table">
          <thead>
            <tr>
              <th scope="col">
                <Trans>Medicine</Trans>
              </th>
              <th scope="col">
                <Trans>Searches in vain</Trans>
              </th>
              <th scope="col">
                <Trans>Pharmacies without</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps.map(({ medicine, searches: ofIt, reporting, without }) => {
              const [some, all] = [formats.number(without), formats.number(reporting)];
              return (
                <tr key={medicine.id}>
                  <th scope="row">
                    {medicine.name} <span className="shelf-generics">{medicine.generics}</span>
                  </th>
                  <td>{ofIt === null ? <Few /> : formats.number(ofIt)}</td>
                  <td>
                    {reporting === 0 ? (
                      <Trans>nobody tells of it</Trans>
                    ) : (
                      <Trans>
                        {some} of {all}
                      </Trans>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

function SearchesInVain({ count }: { count: number | null }) {
  const formats = useFormats();
  const least = formats.number(SEARCHES_MIN);
  return count === null ? (
    <Trans>Fewer than {least} searches found nothing near</Trans>
  ) : (
    <Plural value={count} one="# search found nothing near" other="# searches found nothing near" />
  );
}

function Few() {
  const formats = useFormats();
  const least = formats.number(SEARCHES_MIN);
  return <Trans>fewer than {least}</Trans>;
}
