import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type FormEvent, type ReactNode } from "react";
import { BloodGroup } from "@ihims/core/blood/schema.ts";
import { coarsePlace } from "@ihims/core/donors/rules.ts";
import type { DonorProfile, DonorSex } from "@ihims/core/donors/schema.ts";
import { Day } from "@ihims/core/time.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useNear } from "../city/city.ts";
import { NearMe } from "../facilities/facilities.ts";
import { useSaveDonor } from "./queries.ts";

const DISTANCES_KM: readonly number[] = [2, 5, 10, 20, 50];

type Draft = Omit<DonorProfile, "place" | "group" | "sex"> & { group: BloodGroup | ""; sex: DonorSex | "" };

const NEW: Draft = {
  group: "",
  sex: "",
  lastDonatedOn: null,
  isAvailable: true,
  quietFrom: "21:00",
  quietTo: "08:00",
  withinKm: 5,
};

interface Props {
  donor: DonorProfile | null;
  /** Until then nobody asks. */
  eligibleFrom: Day | null;
}

/** What a volunteer says of themselves, and the switch that ends all calls at once. */
export function DonorForm({ donor, eligibleFrom }: Props) {
  const { t } = useLingui();
  const formats = useFormats();
  const { near, isMine } = useNear();
  const [draft, setDraft] = useState<Draft>(donor ?? NEW);
  const [isDeclared, setDeclared] = useState(donor !== null);
  const save = useSaveDonor();
  // What was said before stays, unless the reader's own place is known now.
  const place = isMine && near ? coarsePlace(near) : donor?.place;
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { group, sex, isAvailable, lastDonatedOn, quietFrom, quietTo, withinKm } = draft;
    if (group === "" || sex === "" || !place) return;
    save.mutate({ group, sex, isAvailable, lastDonatedOn, quietFrom, quietTo, withinKm, place });
  }
  const from = eligibleFrom && formats.day(eligibleFrom);
  return (
    <form className="card donor-form" onSubmit={submit}>
      {donor && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.isAvailable}
            onChange={({ currentTarget }) => change({ isAvailable: currentTarget.checked })}
          />
          <Trans>I can be asked</Trans>
        </label>
      )}
      {from !== null && (
        <p className="quiet">
          <Trans>Your last donation is too near: nobody asks you before {from}.</Trans>
        </p>
      )}
      <DonorFields draft={draft} onChange={change} />
      <NearMe />
      <p className="quiet caption">
        {place ? (
          <Trans>Your place is kept only to about a kilometre, and no bank sees it.</Trans>
        ) : (
          <Trans>
            Press “Near me”, so that only banks near you ask. It is kept only to about a kilometre.
          </Trans>
        )}
      </p>
      <label className="check">
        <input
          type="checkbox"
          required
          checked={isDeclared}
          onChange={({ currentTarget }) => setDeclared(currentTarget.checked)}
        />
        <Trans>
          I am 18 to 65 years old, weigh 45 kg or more and feel well. The bank examines me before I give.
        </Trans>
      </label>
      <button type="submit" className="button" disabled={save.isPending || !place || !isDeclared}>
        {donor ? <Trans>Save</Trans> : <Trans>Become a donor</Trans>}
      </button>
      <p className="quiet" role="status">
        {save.isSuccess && <Trans>Saved</Trans>}
      </p>
      <p className="sign-in-wrong" role="alert">
        {save.isError && t`It could not be saved. Try again.`}
      </p>
    </form>
  );
}

function DonorFields({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const { t } = useLingui();
  const formats = useFormats();
  return (
    <div className="donor-fields">
      <Field label={<Trans>My blood group</Trans>}>
        <select
          required
          value={draft.group}
          onChange={({ currentTarget }) =>
            onChange({ group: BloodGroup.safeParse(currentTarget.value).data ?? "" })
          }
        >
          <option value="">{t`Choose`}</option>
          {BloodGroup.options.map((group) => (
            <option key={group} value={group}>
              {group.replace("-", "−")}
            </option>
          ))}
        </select>
      </Field>
      <Field label={<Trans>Sex, for the time between donations</Trans>}>
        <select
          required
          value={draft.sex}
          onChange={({ currentTarget: { value } }) =>
            onChange({ sex: value === "female" || value === "male" ? value : "" })
          }
        >
          <option value="">{t`Choose`}</option>
          <option value="female">{t`Female: 120 days`}</option>
          <option value="male">{t`Male: 90 days`}</option>
        </select>
      </Field>
      <Field label={<Trans>Last donation, if you know</Trans>}>
        <input
          type="date"
          value={draft.lastDonatedOn ?? ""}
          onChange={({ currentTarget }) =>
            onChange({ lastDonatedOn: Day.safeParse(currentTarget.value).data ?? null })
          }
        />
      </Field>
      <Field label={<Trans>How far I would go</Trans>}>
        <select
          value={draft.withinKm}
          onChange={({ currentTarget }) => onChange({ withinKm: Number(currentTarget.value) })}
        >
          {[...new Set([...DISTANCES_KM, draft.withinKm])]
            .toSorted((a, b) => a - b)
            .map((km) => (
              <option key={km} value={km}>
                {formats.distance(km * 1000)}
              </option>
            ))}
        </select>
      </Field>
      <Field label={<Trans>Do not ask from</Trans>}>
        <input
          type="time"
          required
          value={draft.quietFrom}
          onChange={({ currentTarget }) => onChange({ quietFrom: currentTarget.value })}
        />
      </Field>
      <Field label={<Trans>until</Trans>}>
        <input
          type="time"
          required
          value={draft.quietTo}
          onChange={({ currentTarget }) => onChange({ quietTo: currentTarget.value })}
        />
      </Field>
    </div>
  );
}

function Field({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <label className="donor-field">
      <span>{label}</span>
      {children}
    </label>
  );
}
