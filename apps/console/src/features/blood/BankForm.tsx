import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type FormEvent } from "react";
import { type BloodBank, BloodComponent, BloodGroup, ReplacementDonor } from "@ihims/core/blood/schema.ts";
import { currencyOf } from "@ihims/core/city/currency.ts";
import type { FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useCityCountry, useSaveBank } from "./queries.ts";
import { DONOR_WORDS, groupText } from "./words.ts";

const NOTHING_SAID: BloodBank = {
  replacementDonor: null,
  processingFees: [],
  crossMatchMinutes: null,
  lowBelow: [],
};

/** What citizens read of the bank, and below how many units a shelf is marked as low. */
export function BankForm({ record }: { record: FacilityRecord }) {
  const { t, i18n } = useLingui();
  const [bank, setBank] = useState<BloodBank>(record.bloodBank ?? NOTHING_SAID);
  const [component, setComponent] = useState<BloodComponent>("packed-red-cells");
  const save = useSaveBank(record.id);
  const currency = currencyOf(useCityCountry());
  const fee = bank.processingFees.find((one) => one.component === component)?.minor;
  const name = i18n._(BLOOD_COMPONENT_WORDS[component]);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(bank);
  }
  return (
    <details className="blood-card blood-policy">
      <summary>
        <Trans>What you ask for, and what is low</Trans>
      </summary>
      <form onSubmit={submit}>
        <div className="blood-fields">
          <NativeSelect
            label={t`Replacement donor`}
            value={bank.replacementDonor ?? ""}
            data={[
              { value: "", label: t`Not told` },
              ...ReplacementDonor.options.map((one) => ({ value: one, label: i18n._(DONOR_WORDS[one]) })),
            ]}
            onChange={({ currentTarget }) =>
              setBank({
                ...bank,
                replacementDonor: ReplacementDonor.safeParse(currentTarget.value).data ?? null,
              })
            }
          />
          <NumberField
            label={t`Cross-match takes, in minutes`}
            value={bank.crossMatchMinutes ?? undefined}
            max={2880}
            onChange={(minutes) => setBank({ ...bank, crossMatchMinutes: minutes ?? null })}
          />
          <NativeSelect
            label={t`Component`}
            value={component}
            data={BloodComponent.options.map((one) => ({
              value: one,
              label: i18n._(BLOOD_COMPONENT_WORDS[one]),
            }))}
            onChange={({ currentTarget }) => setComponent(BloodComponent.parse(currentTarget.value))}
          />
          <NumberField
            key={component}
            label={t`Processing fee for a unit, ${currency}`}
            value={fee === undefined ? undefined : fee / 100}
            max={1_000_000}
            onChange={(major) => setBank({ ...bank, processingFees: withFee(bank, component, major) })}
          />
        </div>
        <fieldset className="blood-lows">
          <legend>
            <Trans>{name}: low below so many units</Trans>
          </legend>
          {BloodGroup.options.map((group) => (
            <NumberField
              key={`${component} ${group}`}
              label={groupText(group)}
              value={bank.lowBelow.find((one) => one.group === group && one.component === component)?.units}
              max={100_000}
              onChange={(units) => setBank({ ...bank, lowBelow: withLow(bank, group, component, units) })}
            />
          ))}
        </fieldset>
        <Button type="submit" loading={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <p role="status" className="blood-quiet">
          {save.isSuccess && <Trans>Saved</Trans>}
        </p>
        <p role="alert" className="blood-wrong">
          {save.isError && <Trans>It could not be saved. Try again.</Trans>}
        </p>
      </form>
    </details>
  );
}

interface FieldProps {
  label: string;
  value: number | undefined;
  max: number;
  onChange: (value: number | undefined) => void;
}

/** A whole number, or nothing. */
function NumberField({ label, value, max, onChange }: FieldProps) {
  const [typed, setTyped] = useState(value === undefined ? "" : String(value));
  const isWrong = typed.trim() !== "" && !(/^\s*\d{1,7}\s*$/.test(typed) && Number(typed) <= max);
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      value={typed}
      aria-invalid={isWrong}
      onChange={({ currentTarget }) => {
        const text = currentTarget.value;
        setTyped(text);
        if (text.trim() === "") onChange(undefined);
        else if (/^\s*\d{1,7}\s*$/.test(text) && Number(text) <= max) onChange(Number(text));
      }}
    />
  );
}

function withFee(
  { processingFees }: BloodBank,
  component: BloodComponent,
  major: number | undefined,
): BloodBank["processingFees"] {
  const others = processingFees.filter((one) => one.component !== component);
  return major === undefined ? others : [...others, { component, minor: Math.round(major * 100) }];
}

function withLow(
  { lowBelow }: BloodBank,
  group: BloodGroup,
  component: BloodComponent,
  units: number | undefined,
): BloodBank["lowBelow"] {
  const others = lowBelow.filter((one) => one.group !== group || one.component !== component);
  return units === undefined || units === 0 ? others : [...others, { group, component, units }];
}
