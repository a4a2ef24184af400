import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { PRESCRIPTION_MAX_LINES } from "@ihims/core/stock/endpoints.ts";
import { useHref } from "../../platform/address.ts";
import { CouldNotRead, NearMe, SkeletonRows } from "../facilities/facilities.ts";
import { PrescriptionPlans } from "./PrescriptionPlans.tsx";
import { useMatch, type PrescriptionLine } from "./queries.ts";

let lastId = 0;

function anEmptyLine(): PrescriptionLine {
  lastId += 1;
  return { id: lastId, text: "", packs: 1 };
}

/** A whole prescription at once: which shop has all of it, or which two together. It never leaves this page. */
export function PrescriptionPage() {
  const href = useHref();
  const [lines, setLines] = useState<PrescriptionLine[]>([anEmptyLine()]);
  const match = useMatch();
  const wanted = lines.filter(({ text }) => text.trim() !== "");
  const change = (at: number, line: PrescriptionLine) =>
    setLines(lines.map((one, place) => (place === at ? line : one)));
  return (
    <main id="main" className="page">
      <Link className="back" href={href("/medicines")}>
        <IconArrowLeft stroke={1.75} size={20} aria-hidden="true" />
        <Trans>Medicines</Trans>
      </Link>
      <h1>
        <Trans>My prescription</Trans>
      </h1>
      <p className="quiet">
        <Trans>Write one medicine in each line, or paste the whole list. Nothing of it is kept.</Trans>
      </p>
      <form
        className="prescription"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted.length > 0) match.mutate(wanted);
        }}
      >
        <Lines lines={lines} onChange={change} onLines={setLines} />
        <NearMe />
        <button type="submit" className="button" disabled={wanted.length === 0 || match.isPending}>
          <Trans>Find the shops</Trans>
        </button>
      </form>
      {match.isPending ? (
        <SkeletonRows count={3} />
      ) : match.isError ? (
        <CouldNotRead onRetry={() => match.mutate(wanted)} />
      ) : (
        match.data && (
          <PrescriptionPlans
            matched={match.data}
            asked={match.variables}
            onChoose={(line, medicine, name) => {
              const next = match.variables.map((one, at) =>
                at === line ? { ...one, medicine, text: name } : one,
              );
              setLines(next);
              match.mutate(next);
            }}
          />
        )
      )}
    </main>
  );
}

function Lines({
  lines,
  onChange,
  onLines,
}: {
  lines: PrescriptionLine[];
  onChange: (at: number, line: PrescriptionLine) => void;
  onLines: (lines: PrescriptionLine[]) => void;
}) {
  const { t } = useLingui();
  const paste = (at: number, text: string): boolean => {
    const pasted = text.split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
    if (pasted.length < 2) return false;
    const made = pasted.map((text) => ({ ...anEmptyLine(), text }));
    onLines([...lines.slice(0, at), ...made, ...lines.slice(at + 1)].slice(0, PRESCRIPTION_MAX_LINES));
    return true;
  };
  return (
    <>
      <ol className="prescription-lines">
        {lines.map((line, at) => {
          const number = at + 1;
          return (
            <li key={line.id}>
              <input
                aria-label={t`Medicine ${number}`}
                placeholder={t`As on the prescription: Tab Amoxicillin 500`}
                maxLength={200}
                autoComplete="off"
                value={line.text}
                onChange={(event) =>
                  onChange(at, { id: line.id, text: event.currentTarget.value, packs: line.packs })
                }
                onPaste={(event) => {
                  if (paste(at, event.clipboardData.getData("text"))) event.preventDefault();
                }}
              />
              <input
                className="prescription-packs"
                type="number"
                inputMode="numeric"
                min={1}
                max={100}
                aria-label={t`Packs of medicine ${number}`}
                value={line.packs}
                onChange={(event) =>
                  onChange(at, {
                    ...line,
                    packs: Math.min(100, Math.max(1, Number(event.currentTarget.value) || 1)),
                  })
                }
              />
              {lines.length > 1 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t`Remove medicine ${number}`}
                  onClick={() => onLines(lines.filter((_, place) => place !== at))}
                >
                  <IconTrash stroke={1.75} size={20} aria-hidden="true" />
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {lines.length < PRESCRIPTION_MAX_LINES ? (
        <button type="button" className="button-wide" onClick={() => onLines([...lines, anEmptyLine()])}>
          <Trans>Add a medicine</Trans>
        </button>
      ) : (
        <p className="quiet">
          <Plural value={PRESCRIPTION_MAX_LINES} one="# medicine at a time" other="# medicines at a time" />
        </p>
      )}
    </>
  );
}
