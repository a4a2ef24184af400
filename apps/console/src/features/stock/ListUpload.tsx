import { Button, Checkbox, Textarea } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import type { StockListReport } from "@ihims/core/stock/endpoints.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { ColumnChoice } from "./ColumnChoice.tsx";
import { mapOf, tableHead, type Columns } from "./columns.ts";
import { rejectedCsv, sendList } from "./send-list.ts";

interface Staged {
  text: string;
  columns: Columns;
  isFull: boolean;
}

/** A list from a spreadsheet, pasted or as a file: its columns, what would come of it, then it is sent. */
export function ListUpload({ facility, onDone }: { facility: FacilityId; onDone: () => void }) {
  const { t } = useLingui();
  const [staged, setStaged] = useState<Staged>();
  const stage = (text: string) => setStaged({ text, columns: tableHead(text), isFull: false });
  const preview = useMutation({
    mutationFn: (one: Staged) => sendList(facility, one.text, optionsOf(one, true)),
  });
  const commit = useMutation({
    mutationFn: (one: Staged) => sendList(facility, one.text, optionsOf(one, false)),
    onSuccess: onDone,
  });
  const again = () => {
    preview.reset();
    commit.reset();
  };
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
        value={staged?.text ?? ""}
        onChange={(event) => {
          again();
          stage(event.currentTarget.value);
        }}
      />
      <label className="shelf-file">
        <Trans>or choose a CSV file</Trans>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => {
            again();
            void event.currentTarget.files?.[0]?.text().then(stage);
          }}
        />
      </label>
      {staged && staged.text.trim() !== "" && (
        <>
          <ColumnChoice columns={staged.columns} onChange={(columns) => setStaged({ ...staged, columns })} />
          <Checkbox
            label={t`This is all that there is: mark what is not in it as gone`}
            checked={staged.isFull}
            onChange={(event) => setStaged({ ...staged, isFull: event.currentTarget.checked })}
          />
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
      {(commit.error ?? preview.error) && (
        <p role="alert" className="shelf-refused">
          {(commit.error ?? preview.error)?.message}
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
  return { map: mapOf(columns), isFull, isPreview };
}

/** What came of a list, or would come of it; the lines that were refused can be taken away and mended. */
function Report({ report, isDone }: { report: StockListReport; isDone: boolean }) {
  const formats = useFormats();
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
            {rejectedLines.slice(0, 20).map(({ line, detail, text }) => {
              const place = number(line);
              return (
                <li key={line}>
                  <Trans>Line {place}:</Trans> {detail} <code>{text}</code>
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
