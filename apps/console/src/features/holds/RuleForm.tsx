import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type FormEvent } from "react";
import type { BedType } from "@ihims/core/beds/schema.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { USUAL_RULE } from "@ihims/core/holds/rules.ts";
import type { HoldRule } from "@ihims/core/holds/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { Skeleton } from "@ihims/ui/States.tsx";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useFacilityPage, useSaveRule } from "./queries.ts";

const MINUTES = [30, 60, 120, 240] as const;

/** What the institution keeps for people on the way, and for how long; for its administrator. */
export function RuleForm({ facility }: { facility: FacilityId }) {
  const page = useFacilityPage(facility);
  // Outside of the form, which is filled in anew when the page has another version.
  const saving = useSaveRule(facility);
  return (
    <section className="incoming-rule" aria-labelledby="rule">
      <h2 id="rule">
        <Trans>What you keep, and for how long</Trans>
      </h2>
      {page.data ? (
        <Rule key={page.data.version} record={page.data} saving={saving} />
      ) : (
        <Skeleton width="100%" height="10rem" />
      )}
    </section>
  );
}

interface RuleProps {
  record: FacilityRecord;
  saving: ReturnType<typeof useSaveRule>;
}

function Rule({ record, saving }: RuleProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const [rule, setRule] = useState<HoldRule>(record.holds ?? USUAL_RULE);
  const types = record.beds.map(({ type }) => type);
  const choices = [
    { value: "", label: t`Not kept` },
    ...MINUTES.map((minutes) => ({ value: String(minutes), label: formats.duration(minutes * 60) })),
  ];
  function setBed(type: BedType, minutes: string) {
    const others = rule.beds.filter((one) => one.type !== type);
    setRule({ ...rule, beds: minutes === "" ? others : [...others, { type, minutes: Number(minutes) }] });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    saving.mutate(rule);
  }
  return (
    <form className="rule-form" onSubmit={submit}>
      {types.map((type) => (
        <NativeSelect
          key={type}
          label={i18n._(BED_WORDS[type])}
          value={String(rule.beds.find((one) => one.type === type)?.minutes ?? "")}
          data={choices}
          onChange={(event) => setBed(type, event.currentTarget.value)}
        />
      ))}
      <NativeSelect
        label={t`Blood`}
        value={String(rule.bloodMinutes ?? "")}
        data={choices}
        onChange={({ currentTarget: { value } }) =>
          setRule({ ...rule, bloodMinutes: value === "" ? null : Number(value) })
        }
      />
      <Checkbox
        label={t`Medicines, for two hours`}
        checked={rule.medicines}
        onChange={(event) => setRule({ ...rule, medicines: event.currentTarget.checked })}
      />
      <Button type="submit" loading={saving.isPending}>
        <Trans>Save</Trans>
      </Button>
      <p role="status" className="incoming-facts">
        {saving.isSuccess && <Trans>Saved</Trans>}
      </p>
      <p role="alert" className="incoming-failed">
        {saving.isError && <Trans>It could not be saved. Try again.</Trans>}
      </p>
    </form>
  );
}
