import { useLingui } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import type { z } from "zod";
import type { FeedPreview } from "@ihims/core/feeds/endpoints.ts";
import { bedTypeOf, Subject } from "@ihims/core/observations/schema.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";

const ROWS_SHOWN = 20;

/** What a sample becomes, before anything is switched on: figures, and what was refused, by reason. */
export function Preview({ preview }: { preview: z.output<typeof FeedPreview> }) {
  const formats = useFormats();
  const { counts } = preview;
  return (
    <section aria-labelledby="preview-title" className="feeds-card" aria-live="polite">
      <h2 id="preview-title">
        <Trans>What it becomes</Trans>
      </h2>
      <p>
        <Trans>
          {formats.number(preview.records)} records, {formats.number(counts.observations)} figures,{" "}
          {formats.number(counts.refused)} refused, {formats.number(counts.undecided)} undecided
        </Trans>
      </p>
      {preview.findings.length > 0 && (
        <ul role="alert" className="feeds-failed" lang="en">
          {preview.findings.map(({ code, detail }) => (
            <li key={code}>{detail}</li>
          ))}
        </ul>
      )}
      {preview.lines.length > 0 && <Lines lines={preview.lines.slice(0, ROWS_SHOWN)} />}
      {preview.reasons.length > 0 && (
        <>
          <h3>
            <Trans>Refused, by reason</Trans>
          </h3>
          <ul lang="en">
            {preview.reasons.map(({ code, reason, lines }) => (
              <li key={`${code} ${reason}`}>
                {formats.number(lines)} × {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Lines({ lines }: { lines: z.output<typeof FeedPreview>["lines"] }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <div className="feeds-scroll" tabIndex={0}>
      <table className="feeds-table">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Place in the data</Trans>
            </th>
            <th scope="col">
              <Trans>Institution</Trans>
            </th>
            <th scope="col">
              <Trans>Figure</Trans>
            </th>
            <th scope="col">
              <Trans>Value</Trans>
            </th>
            <th scope="col">
              <Trans>Seen</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const subject = Subject.safeParse(line.subject).data;
            const type = subject && bedTypeOf(subject);
            return (
              <tr key={`${line.place} ${line.subject}`}>
                <td>{line.place}</td>
                <td>
                  {line.facilityName ?? line.facility}
                  {line.match === "open" && (
                    <>
                      {" "}
                      <Trans>(undecided)</Trans>
                    </>
                  )}
                </td>
                <td>{type ? i18n._(BED_WORDS[type]) : line.subject}</td>
                <td>
                  {Object.entries(line.value)
                    .map(([name, value]) => `${name} ${String(value)}`)
                    .join(", ")}
                </td>
                <td>{formats.moment(line.observedAt, now)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
