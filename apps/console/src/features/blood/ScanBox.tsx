import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type FormEvent } from "react";
import { momentOf } from "@ihims/core/blood/isbt128.ts";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { BloodUnit } from "@ihims/core/blood/units.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { dateIn } from "@ihims/core/calendar.ts";
import { DAY_MS, millisOf, MINUTE_MS } from "@ihims/core/time.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { useAddUnit } from "./queries.ts";
import { nextBag, takeScan, wholeBag, type Scanned } from "./scanned.ts";
import { groupText, SCAN_WORDS } from "./words.ts";

interface Props {
  facility: FacilityId;
  /** By which product codes are known. */
  units: readonly BloodUnit[];
}

/**
 * Put bags on the shelf by a bar code scanner, which types each code and presses Enter, or by hand.
 * With the last of a bag's codes it is on the shelf: nobody has to reach for a key between bags.
 */
export function ScanBox({ facility, units }: Props) {
  const { t, i18n } = useLingui();
  const { timeZone } = useFormats();
  const add = useAddUnit(facility);
  const scan = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [bag, setBag] = useState<Scanned>({});
  const [wrong, setWrong] = useState<string>();

  function put(next: Scanned) {
    setBag(next);
    setWrong(undefined);
    const whole = wholeBag(next);
    if (!whole || add.isPending) return;
    add.mutate(whole, { onSuccess: () => setBag(nextBag(next)) });
  }
  function take(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === "") return put(bag);
    const step = takeScan(bag, text, timeZone, (product) => componentKnown(units, product));
    setText("");
    scan.current?.focus();
    if (step.kind === "read") put(step.bag);
    else setWrong(i18n._(SCAN_WORDS[step.problem]));
  }
  return (
    <section className="blood-card" aria-labelledby="blood-scan">
      <h2 id="blood-scan">
        <Trans>Put a bag on the shelf</Trans>
      </h2>
      <form className="blood-scan" onSubmit={take}>
        <TextInput
          ref={scan}
          label={t`Scan, or type the donation number`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          error={wrong}
        />
        <BagFields bag={bag} timeZone={timeZone} onChange={setBag} />
        <Button type="submit" loading={add.isPending}>
          <Trans>Put on the shelf</Trans>
        </Button>
      </form>
      <p role="status" className="blood-quiet">
        {bag.donation === undefined ? <Added add={add} /> : <InHand bag={bag} />}
      </p>
      <p role="alert" className="blood-wrong">
        {add.isError && <NotAdded error={add.error} />}
      </p>
    </section>
  );
}

/** What scanners tell as well, for who types. */
function BagFields({
  bag,
  timeZone,
  onChange,
}: {
  bag: Scanned;
  timeZone: string;
  onChange: (bag: Scanned) => void;
}) {
  const { t, i18n } = useLingui();
  return (
    <>
      <NativeSelect
        label={t`Group`}
        value={bag.group ?? ""}
        data={[
          { value: "", label: t`Choose` },
          ...BloodGroup.options.map((group) => ({ value: group, label: groupText(group) })),
        ]}
        onChange={({ currentTarget }) => {
          const { group: _group, ...rest } = bag;
          const group = BloodGroup.safeParse(currentTarget.value).data;
          onChange(group ? { ...rest, group } : rest);
        }}
      />
      <NativeSelect
        label={t`Component`}
        value={bag.component ?? ""}
        data={[
          { value: "", label: t`Choose` },
          ...BloodComponent.options.map((one) => ({ value: one, label: i18n._(BLOOD_COMPONENT_WORDS[one]) })),
        ]}
        onChange={({ currentTarget }) => {
          const { component: _component, ...rest } = bag;
          const component = BloodComponent.safeParse(currentTarget.value).data;
          onChange(component ? { ...rest, component } : rest);
        }}
      />
      <TextInput
        type="date"
        label={t`Expires on`}
        value={bag.expiresAt === undefined ? "" : dateIn(timeZone, millisOf(bag.expiresAt))}
        onChange={({ currentTarget }) => {
          const { expiresAt: _expiresAt, ...rest } = bag;
          const day = Date.parse(`${currentTarget.value}T00:00:00Z`);
          // As bar codes without a time mean it: until the end of the day.
          onChange(
            Number.isNaN(day) ? rest : { ...rest, expiresAt: momentOf(day + DAY_MS - MINUTE_MS, timeZone) },
          );
        }}
      />
    </>
  );
}

function InHand({ bag: { donation = "", product, ...bag } }: { bag: Scanned }) {
  const { t } = useLingui();
  const missing = [
    bag.group === undefined && t`group`,
    bag.component === undefined && t`component`,
    bag.expiresAt === undefined && t`expiry`,
  ].filter(Boolean);
  const what = missing.join(", ");
  const name = [donation, product].filter(Boolean).join(" ");
  return what === "" ? (
    <Trans>In hand: {name}</Trans>
  ) : (
    <Trans>
      In hand: {name}. Missing: {what}
    </Trans>
  );
}

function Added({ add }: { add: ReturnType<typeof useAddUnit> }) {
  const { i18n } = useLingui();
  if (!add.data) return null;
  const { outcome, unit } = add.data;
  const what = `${unit.donation} · ${groupText(unit.group)} · ${i18n._(BLOOD_COMPONENT_WORDS[unit.component])}`;
  return outcome === "known" ? (
    <Trans>This bag was on the shelf before: {what}</Trans>
  ) : (
    <Trans>On the shelf: {what}</Trans>
  );
}

function NotAdded({ error }: { error: Error }) {
  if (!(error instanceof Refused)) return <Trans>It was not sent. Try again.</Trans>;
  switch (error.details?.reason) {
    case "issued":
      return <Trans>This bag was issued. Nothing was changed.</Trans>;
    case "discarded":
      return <Trans>This bag was discarded. Nothing was changed.</Trans>;
    case "another":
      return (
        <Trans>This bag is on the shelf with another group, component or expiry. Look at its label.</Trans>
      );
    default:
      return error.kind === "bad-input" ? (
        <Trans>This bag has expired, or its number cannot be read.</Trans>
      ) : (
        <Trans>It was not sent. Try again.</Trans>
      );
  }
}

/** The component of a product code, by its description, as bags on the shelf have it. */
function componentKnown(units: readonly BloodUnit[], product: string): BloodComponent | undefined {
  return units.find((unit) => unit.product.slice(0, 5) === product.slice(0, 5))?.component;
}
