import "./schemes.css";
import { Button, MultiSelect, NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { changeFacility, getFacility, type FacilityRecord } from "@ihims/core/facilities/endpoints.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { SCHEMES } from "@ihims/core/schemes/data.ts";
import type { Empanelment } from "@ihims/core/schemes/schema.ts";
import { Day } from "@ihims/core/time.ts";
import { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { specialtyName } from "@ihims/core/vocabulary/specialties.ts";
import { Empty, Failure, Skeleton } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";

const PAGE_KEY = "facility-page";

/** Under which schemes the institution treats, for what, from when until when: what citizens are told. */
export function SchemesPage() {
  const { facility } = useParams({ strict: false });
  const id = FacilityId.parse(facility);
  const page = useQuery({
    queryKey: [PAGE_KEY, id],
    queryFn: ({ signal }) => call(getFacility, { params: { id }, query: {} }, { signal }),
  });
  // Beside the form, which begins anew with each version of the page.
  const save = useSave(id);
  return (
    <main className="schemes-page">
      <h1>
        <Trans>Schemes and insurance</Trans>
      </h1>
      <p>
        <Trans>Citizens are sent to you for these. Say only what your desk honours today.</Trans>
      </p>
      {page.data ? (
        <SchemesForm key={page.data.version} record={page.data} save={save} />
      ) : page.isError ? (
        <Failure
          title={<Trans>We could not reach the server</Trans>}
          actions={
            <Button onClick={() => void page.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : (
        <Skeleton width="100%" height="14rem" />
      )}
    </main>
  );
}

function useSave(id: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rows: readonly Empanelment[]) =>
      call(changeFacility, { params: { id }, body: { schemes: [...rows] } }),
    onSuccess: (saved) => queries.setQueryData([PAGE_KEY, id], saved),
  });
}
type Saving = ReturnType<typeof useSave>;

function SchemesForm({ record, save }: { record: FacilityRecord; save: Saving }) {
  const [rows, setRows] = useState<readonly Empanelment[]>(record.schemes);
  const backwards = rows.some(({ from, to }) => from !== null && to !== null && to < from);
  const free = SCHEMES.find(({ id }) => !rows.some(({ scheme }) => scheme === id)) ?? SCHEMES[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!backwards) save.mutate(rows);
  };
  return (
    <form className="schemes-form" onSubmit={submit}>
      {rows.length === 0 && (
        <Empty title={<Trans>No scheme is named</Trans>}>
          <Trans>Citizens are told that it is not known whether you honour one.</Trans>
        </Empty>
      )}
      {rows.map((row, i) => (
        <SchemeFields
          // Rows have no names of their own, and are only added at the end.
          key={i}
          row={row}
          offered={record.specialties}
          onChange={(next) => setRows(rows.map((one, place) => (place === i ? next : one)))}
          onRemove={() => setRows(rows.filter((_, place) => place !== i))}
        />
      ))}
      <div className="schemes-actions">
        <Button
          variant="default"
          leftSection={<IconPlus size={18} stroke={1.75} aria-hidden="true" />}
          onClick={() =>
            free && setRows([...rows, { scheme: free.id, specialties: [], from: null, to: null }])
          }
        >
          <Trans>Add a scheme</Trans>
        </Button>
        <Button type="submit" loading={save.isPending} disabled={backwards}>
          <Trans>Save</Trans>
        </Button>
      </div>
      <p role="status">{save.isSuccess && <Trans>Saved</Trans>}</p>
      <p role="alert" className="schemes-failed">
        {backwards && <Trans>A last day is before its first day.</Trans>}
        {save.isError && <Trans>It could not be saved. Try again.</Trans>}
      </p>
    </form>
  );
}

interface FieldsProps {
  row: Empanelment;
  /** The facility's own specialties. */
  offered: readonly string[];
  onChange: (row: Empanelment) => void;
  onRemove: () => void;
}

function SchemeFields({ row, offered, onChange, onRemove }: FieldsProps) {
  const { t } = useLingui();
  const { language } = useFormats();
  const named = SCHEMES.map(({ id, names }) => ({ value: id, label: names[language] }));
  const data = named.some(({ value }) => value === row.scheme)
    ? named
    : [...named, { value: row.scheme, label: row.scheme }];
  const known = [...new Set([...offered, ...row.specialties])].flatMap(
    (id) => SpecialtyId.safeParse(id).data ?? [],
  );
  const dayOf = (text: string) => Day.safeParse(text).data ?? null;
  return (
    <fieldset className="schemes-row">
      <legend>{data.find(({ value }) => value === row.scheme)?.label}</legend>
      <NativeSelect
        label={t`Scheme`}
        value={row.scheme}
        data={data}
        onChange={(event) => onChange({ ...row, scheme: event.currentTarget.value })}
      />
      <MultiSelect
        label={t`Only for`}
        placeholder={row.specialties.length === 0 ? t`Everything that you treat` : ""}
        value={row.specialties}
        data={known.map((id) => ({ value: id, label: specialtyName(id, language) }))}
        onChange={(chosen) =>
          onChange({ ...row, specialties: chosen.flatMap((id) => SpecialtyId.safeParse(id).data ?? []) })
        }
        searchable
        clearable
      />
      <TextInput
        type="date"
        label={t`First day`}
        value={row.from ?? ""}
        onChange={(event) => onChange({ ...row, from: dayOf(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label={t`Last day`}
        value={row.to ?? ""}
        onChange={(event) => onChange({ ...row, to: dayOf(event.currentTarget.value) })}
      />
      <Button
        variant="default"
        leftSection={<IconTrash size={18} stroke={1.75} aria-hidden="true" />}
        onClick={onRemove}
      >
        <Trans>Remove</Trans>
      </Button>
    </fieldset>
  );
}
