import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Trans, useLingui as useWords } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { BedType } from "@ihims/core/beds/schema.ts";
import { setHl7Feed, type Hl7Feed } from "@ihims/core/census/endpoints.ts";
import type { Ward } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { BED_WORDS } from "@ihims/ui/words/beds.ts";
import { call } from "../../platform/api.ts";
import { fieldsOf, setupOf, type SenderFields } from "./hl7-setup.ts";
import { Failed } from "./NewFeedPage.tsx";

type Row<T> = T & { key: number };

interface Props {
  facility: FacilityId;
  feed: Hl7Feed;
}

/** Rows that can be added and taken away, each with a key of its own. */
function useRows<T extends object>(first: readonly T[]) {
  const [rows, setRows] = useState<Row<T>[]>(() => first.map((row, key) => ({ ...row, key })));
  const [next, setNext] = useState(first.length);
  return {
    rows,
    add(row: T) {
      setRows([...rows, { ...row, key: next }]);
      setNext(next + 1);
    },
    change: (key: number, patch: Partial<T>) =>
      setRows(rows.map((row) => (row.key === key ? { ...row, ...patch } : row))),
    remove: (key: number) => setRows(rows.filter((row) => row.key !== key)),
  };
}

/** Who sends for the hospital, and what the beds of its wards are. */
export function Hl7Setup({ facility, feed }: Props) {
  const client = useQueryClient();
  const senders = useRows<SenderFields>(feed.senders.map(fieldsOf));
  const wards = useRows<Ward>(feed.wards);
  const save = useMutation({
    mutationFn: () =>
      call(setHl7Feed, {
        params: { id: facility },
        body: setupOf(senders.rows, wards.rows),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["hl7", facility] }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form className="feeds-form" onSubmit={submit}>
      <Senders {...senders} />
      <Wards {...wards} />
      {save.isError && <Failed error={save.error} />}
      <div className="feeds-actions">
        <Button type="submit" loading={save.isPending}>
          <Trans>Save</Trans>
        </Button>
        <p role="status" className="feeds-quiet">
          {save.isSuccess && <Trans>Saved</Trans>}
        </p>
      </div>
    </form>
  );
}

function Senders({ rows, add, change, remove }: ReturnType<typeof useRows<SenderFields>>) {
  const { t } = useWords();
  return (
    <fieldset className="feeds-card">
      <legend>
        <Trans>Who sends</Trans>
      </legend>
      <p className="feeds-quiet">
        <Trans>What stands in MSH-3 and MSH-4 of its messages tells us that they are of this hospital.</Trans>
      </p>
      {rows.map(({ key, application, facilityCode, certificate }) => (
        <div key={key} className="feeds-actions">
          <TextInput
            label={t`Sending application (MSH-3)`}
            value={application}
            maxLength={180}
            onChange={(event) => change(key, { application: event.currentTarget.value })}
          />
          <TextInput
            label={t`Sending facility (MSH-4)`}
            value={facilityCode}
            required
            maxLength={180}
            onChange={(event) => change(key, { facilityCode: event.currentTarget.value })}
          />
          <TextInput
            label={t`Its certificate, if one is asked for`}
            placeholder="CN=his,O=GH01"
            value={certificate}
            maxLength={500}
            spellCheck={false}
            onChange={(event) => change(key, { certificate: event.currentTarget.value })}
          />
          <Button variant="default" onClick={() => remove(key)}>
            <Trans>Remove</Trans>
            <span className="ui-visually-hidden"> {facilityCode}</span>
          </Button>
        </div>
      ))}
      <div>
        <Button variant="default" onClick={() => add({ application: "", facilityCode: "", certificate: "" })}>
          <Trans>Add a sender</Trans>
        </Button>
      </div>
    </fieldset>
  );
}

function Wards({ rows, add, change, remove }: ReturnType<typeof useRows<Ward>>) {
  const { t } = useWords();
  const { i18n } = useLingui();
  const types = [
    { value: "", label: t`Not counted` },
    ...BedType.options.map((type) => ({ value: type, label: i18n._(BED_WORDS[type]) })),
  ];
  return (
    <fieldset className="feeds-card">
      <legend>
        <Trans>Wards</Trans>
      </legend>
      <p className="feeds-quiet">
        <Trans>
          A ward's code as PV1-3 sends it, and what its beds are. Messages of other wards are kept aside.
        </Trans>
      </p>
      {rows.map(({ key, code, bedType, staffed }) => (
        <div key={key} className="feeds-actions">
          <TextInput
            label={t`Ward's code`}
            value={code}
            required
            maxLength={80}
            onChange={(event) => change(key, { code: event.currentTarget.value })}
          />
          <NativeSelect
            label={t`Its beds are`}
            value={bedType ?? ""}
            data={types}
            onChange={({ currentTarget: { value } }) =>
              change(key, { bedType: BedType.safeParse(value).data ?? null })
            }
          />
          <NumberInput
            label={t`Staffed beds, if messages are to say so`}
            value={staffed ?? ""}
            min={0}
            max={20_000}
            allowDecimal={false}
            onChange={(value) => change(key, { staffed: typeof value === "number" ? value : null })}
          />
          <Button variant="default" onClick={() => remove(key)}>
            <Trans>Remove</Trans>
            <span className="ui-visually-hidden"> {code}</span>
          </Button>
        </div>
      ))}
      <div>
        <Button variant="default" onClick={() => add({ code: "", bedType: null, staffed: null })}>
          <Trans>Add a ward</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
