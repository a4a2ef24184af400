import { Trans, useLingui } from "@lingui/react/macro";
import type { LookAlike, MedicineReading } from "@ihims/core/medicines/endpoints.ts";

/** The words are not surely a name: it is said, and why, before the list. */
export function InDoubt({ q, reading }: { q: string; reading: MedicineReading }) {
  const read = reading.corrected.map((one) => one.read).join(" ");
  return (
    <div className="notice" role="status">
      <p>
        <strong>
          {read === "" ? (
            <Trans>Several medicines are called “{q}”, or only begin so.</Trans>
          ) : (
            <Trans>
              “{q}” is not a name here. Nearest: “{read}”.
            </Trans>
          )}
        </strong>
      </p>
      <p>
        <Trans>Compare what is in it with your prescription before you choose.</Trans>
      </p>
    </div>
  );
}

/** Names that are easily taken for this one's. */
export function LookAlikes({ lookAlikes }: { lookAlikes: readonly LookAlike[] }) {
  const { t } = useLingui();
  if (lookAlikes.length === 0) return null;
  return (
    <aside className="notice" aria-label={t`Easily mixed up`}>
      <p>
        <strong>
          <Trans>Easily mixed up. Check the letters:</Trans>
        </strong>
      </p>
      <ul className="look-alikes">
        {lookAlikes.map(({ name, with: own, generics, source }) => (
          <li key={`${own} ${name}`}>
            <span>
              <Trans>
                {own} is not {name}
              </Trans>
              {generics !== null && generics.toLowerCase() !== name.toLowerCase() && ` (${generics})`}
            </span>{" "}
            <span className="quiet caption">
              {source === "catalogue" ? <Trans>the names differ by a letter</Trans> : source}
            </span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
