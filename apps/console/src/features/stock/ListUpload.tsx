import { Button, Textarea } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { StockListReport } from "@ihims/core/stock/endpoints.ts";
import { StockField } from "@ihims/core/stock/list.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { ColumnChoice } from "./ColumnChoice.tsx";
import { FIELD_WORDS, REJECTED_WORDS } from "./words.ts";
import { mapOf, tableHead, type Columns } from "./columns.ts";
import { Refused } from "../../platform/api.ts";
import { isWorkbook, rejectedCsv, sendList, type ListBody } from "./send-list.ts";

/** Refused lines that are shown; the file that can be taken away has all. */
const SHOWN_REJECTED = 20;

interface Staged {
  list: ListBody;
  /** Null: a workbook, whose columns the server tells by their headings. */
  columns: Columns | null;
  isFull: boolean;
}

function stagedOf(list: ListBody): Staged {
  return { list, columns: typeof list === "string" ? tableHead(list) : null, isFull: false };
}

/** A list from a spreadsheet, pasted or as a file: its columns, what would come of it, then it is sent. */
export function ListUpload({ facility, onDone }: { facility: FacilityId; onDone: () => void }) {
  const { t } = useLingui();
  const [staged, setStaged] = useState<Staged>();
  const preview = useMutation({
    mutationFn: (one: Staged) => sendList(facility, one.list, optionsOf(one, true)),
  });
  const commit = useMutation({
    mutationFn: (one: Staged) => sendList(facility, one.list, optionsOf(one, false)),
    onSuccess: onDone,
  });
  const again = () => {
    preview.reset();
    commit.reset();
  };
  const stage = (list: ListBody) => {
    again();
    setStaged(stagedOf(list));
  };
  // What was checked is what is sent: a change of the columns is checked anew.
  const restage = (one: Staged) => {
    again();
    setStaged(one);
  };
  const failed = commit.error ?? preview.error;
  return (
    <details className="shelf-upload">
      <summary>
        <Trans>Send a list</Trans>
      </summary>
      <Textarea
        label={t`Paste from a spreadsheet, with its headings`}
        autosize
        minRows={3}
        maxRows={8}
        value={typeof staged?.list === "string" ? staged.list : ""}
        onChange={(event) => stage(event.currentTarget.value)}
      />
      <label className="shelf-file">
        <Trans>or choose a file: CSV or an Excel workbook (.xlsx)</Trans>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,text/csv"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file && isWorkbook(file)) stage(file);
            else void file?.text().then(stage);
          }}
        />
      </label>
      {staged && isFilled(staged.list) && (
        <>
          {staged.columns && (
            <ColumnChoice columns={staged.columns} onChange={(columns) => restage({ ...staged, columns })} />
          )}
          <label className="shelf-check">
            <input
              type="checkbox"
              checked={staged.isFull}
              onChange={(event) => restage({ ...staged, isFull: event.currentTarget.checked })}
            />
            <Trans>This is all that there is: mark what is not in it as gone</Trans>
          </label>
          <div className="shelf-steps">
            <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate(staged)}>
              <Trans>Check it</Trans>
            </Button>
            <Button disabled={!preview.data} loading={commit.isPending} onClick={() => commit.mutate(staged)}>
              <Trans>Send it</Trans>
            </Button>
          </div>
        </>
      )}
      {failed && (
        <p role="alert" className="shelf-refused">
          {failed instanceof Refused ? (
            failed.message
          ) : (
            <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
          )}
        </p>
      )}
      {commit.data ? (
        <Report report={commit.data} isDone />
      ) : (
        preview.data && <Report report={preview.data} isDone={false} />
      )}
    </details>
  );
}

function optionsOf({ columns, isFull }: Staged, isPreview: boolean) {
  return { map: columns ? mapOf(columns) : "", isFull, isPreview };
}

function isFilled(list: ListBody): boolean {
  return typeof list === "string" ? list.trim() !== "" : list.size > 0;
}

/** What came of a list, or would come of it; the lines that were refused can be taken away and mended. */
function Report({ report, isDone }: { report: StockListReport; isDone: boolean }) {
  const formats = useFormats();
  const { i18n } = useLingui();
  const { lines, changed, confirmed, repeated, superseded, gone, rejected, rejectedLines } = report;
  const number = formats.number;
  const same = number(confirmed + repeated);
  const [all, other, left, none, bad] = [lines, changed, superseded, gone, rejected].map((one) =>
    number(one),
  );
  return (
    <div role="status">
      <p>
        {isDone ? <Trans>Taken in, of {all} lines:</Trans> : <Trans>Of {all} lines it would be:</Trans>}{" "}
        <Trans>
          {other} changed, {same} the same, {left} older than known, {none} gone, {bad} refused
        </Trans>
      </p>
      {rejectedLines.length > 0 && (
        <>
          <ul className="shelf-rejected">
            {rejectedLines.slice(0, SHOWN_REJECTED).map(({ line, reason, field, text }) => {
              const place = number(line);
              const column = StockField.safeParse(field).data;
              return (
                <li key={line}>
                  <Trans>Line {place}:</Trans> {i18n._(REJECTED_WORDS[reason])}
                  {column && ` (${i18n._(FIELD_WORDS[column])})`} <code>{text}</code>
                </li>
              );
            })}
          </ul>
          <Button
            component="a"
            variant="default"
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(rejectedCsv(rejectedLines))}`}
            download="rejected.csv"
          >
            <Trans>Download the refused lines</Trans>
          </Button>
        </>
      )}
    </div>
  );
}
