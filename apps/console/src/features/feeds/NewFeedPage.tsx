import { Button, FileInput, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { createFeed, suggestMapping, tryFeed } from "@ihims/core/feeds/endpoints.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { call, Refused } from "../../platform/api.ts";
import { Preview } from "./Preview.tsx";
import { credentialsOf, EMPTY_SOURCE, sourceOf, SourceFields } from "./SourceFields.tsx";
import "./feeds.css";

const EVERY = [5, 15, 60, 360, 1440] as const;
const CRONS: Record<number, string> = {
  5: "*/5 * * * *",
  15: "*/15 * * * *",
  60: "0 * * * *",
  360: "0 */6 * * *",
  1440: "0 6 * * *",
};

/** Make a feed: where from, what it means, what it becomes, switch it on. */
export function NewFeedPage() {
  const { facility } = useParams({ from: "/frame/facilities/$facility/connections/new" });
  return <NewFeed key={facility} facility={FacilityId.parse(facility)} />;
}

/** What is typed, and what can be done with it. */
function useNewFeed(facility: FacilityId) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [source, setSource] = useState(EMPTY_SOURCE);
  const [sample, setSample] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState("");
  const [everyMinutes, setEveryMinutes] = useState<number>(15);
  const draftOf = async () => {
    const read = sourceOf(source);
    if (!read) throw new Unfinished();
    const credentials = credentialsOf(source);
    return {
      facility,
      source: read,
      ...(credentials && { credentials }),
      ...(file ? { sample: await sampleOf(file) } : sample.trim() !== "" && { sample: { text: sample } }),
    };
  };
  const suggest = useMutation({
    mutationFn: async () => call(suggestMapping, { body: await draftOf() }),
    onSuccess: (suggested) => setMapping(JSON.stringify(suggested.mapping, undefined, 2)),
  });
  const preview = useMutation({
    mutationFn: async () => call(tryFeed, { body: { ...(await draftOf()), mapping: mappingIn(mapping) } }),
  });
  const create = useMutation({
    mutationFn: async () => {
      const { source: from, credentials } = await draftOf();
      const isPush = from.kind === "push";
      return call(createFeed, {
        body: {
          name,
          facility,
          source: from,
          ...(credentials && { credentials }),
          schedule: isPush ? null : { cron: CRONS[everyMinutes] ?? "*/15 * * * *" },
          usualIntervalS: everyMinutes * 60,
          mapping: mappingIn(mapping),
        },
      });
    },
    onSuccess: async (feed) => {
      await client.invalidateQueries({ queryKey: ["feeds", facility] });
      await navigate({ to: "/facilities/$facility/connections/$feed", params: { facility, feed: feed.id } });
    },
  });
  const failed = [create, preview, suggest].find(({ isError }) => isError)?.error;
  return {
    facts: {
      name,
      setName,
      source,
      setSource,
      sample,
      setSample,
      file,
      setFile,
      everyMinutes,
      setEveryMinutes,
    },
    mapping,
    setMapping,
    suggest,
    preview,
    create,
    failed,
  };
}

function NewFeed({ facility }: { facility: FacilityId }) {
  const { t } = useLingui();
  const { facts, mapping, setMapping, suggest, preview, create, failed } = useNewFeed(facility);
  return (
    <div className="connections">
      <h1>
        <Trans>Add a feed</Trans>
      </h1>
      <form
        className="feeds-form"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <FactFields {...facts} />
        <div className="feeds-actions">
          <Button variant="default" loading={suggest.isPending} onClick={() => suggest.mutate()}>
            <Trans>Suggest a mapping</Trans>
          </Button>
        </div>
        <Textarea
          label={t`Mapping`}
          description={t`Which field means what. Change it as you like; what it becomes is shown below.`}
          value={mapping}
          required
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          onChange={(event) => setMapping(event.currentTarget.value)}
        />
        {suggest.data && suggest.data.notes.length > 0 && (
          <ul lang="en" className="feeds-quiet">
            {suggest.data.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {failed && <Failed error={failed} />}
        <div className="feeds-actions">
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
            <Trans>Show what it becomes</Trans>
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!preview.data}>
            <Trans>Switch it on</Trans>
          </Button>
        </div>
        {!preview.data && (
          <p className="feeds-quiet">
            <Trans>Look at what it becomes first; then it can be switched on.</Trans>
          </p>
        )}
      </form>
      {preview.data && <Preview preview={preview.data} />}
    </div>
  );
}

type Facts = ReturnType<typeof useNewFeed>["facts"];

/** What a feed is called, where its data comes from and how often. */
function FactFields({
  name,
  setName,
  source,
  setSource,
  sample,
  setSample,
  file,
  setFile,
  everyMinutes,
  setEveryMinutes,
}: Facts) {
  const { t } = useLingui();
  return (
    <>
      <TextInput
        label={t`What it is called`}
        value={name}
        required
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <SourceFields draft={source} onChange={setSource} />
      <Textarea
        label={t`A sample, if you would rather paste one`}
        value={sample}
        autosize
        minRows={2}
        maxRows={10}
        spellCheck={false}
        onChange={(event) => setSample(event.currentTarget.value)}
      />
      <FileInput
        label={t`Or a file as a sample`}
        placeholder={t`CSV, workbook, JSON, XML or a web page`}
        value={file}
        clearable
        onChange={setFile}
      />
      <NativeSelect
        label={source.kind === "push" ? t`How often you send it` : t`How often we look`}
        value={String(everyMinutes)}
        data={[
          { value: String(EVERY[0]), label: t`every 5 minutes` },
          { value: String(EVERY[1]), label: t`every 15 minutes` },
          { value: String(EVERY[2]), label: t`every hour` },
          { value: String(EVERY[3]), label: t`every 6 hours` },
          { value: String(EVERY[4]), label: t`once a day` },
        ]}
        onChange={(event) => setEveryMinutes(Number(event.currentTarget.value))}
      />
    </>
  );
}

/** Bytes of a sample; more is no sample any more. */
const SAMPLE_MAX_BYTES = 8_000_000;
/** Bytes that are turned into letters at a time: more arguments than these no engine takes. */
const PIECE_BYTES = 0x8000;

/** A file as a request carries it. @throws SampleTooLarge */
async function sampleOf(file: File): Promise<{ name: string; base64: string }> {
  if (file.size > SAMPLE_MAX_BYTES) throw new SampleTooLarge();
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    letters += String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES));
  return { name: file.name, base64: btoa(letters) };
}

/** The sample is larger than a request may be. */
class SampleTooLarge extends Error {}
/** Something of the source is missing. */
export class Unfinished extends Error {}
/** The mapping is no JSON. */
class NoMapping extends Error {}

function mappingIn(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text);
    if (read !== null && typeof read === "object" && !Array.isArray(read)) return { ...read };
  } catch (cause) {
    throw new NoMapping("The mapping is no JSON", { cause });
  }
  throw new NoMapping("The mapping is no object");
}

/** Why something did not work: in our words where they are ours, in the server's where they name the place. */
export function Failed({ error }: { error: Error }) {
  return (
    <p role="alert" className="feeds-failed">
      {error instanceof Unfinished ? (
        <Trans>Something is missing of where the data comes from.</Trans>
      ) : error instanceof SampleTooLarge ? (
        <Trans>The sample is larger than 8 MB: its first part is enough.</Trans>
      ) : error instanceof NoMapping ? (
        <Trans>The mapping is not written as JSON.</Trans>
      ) : error instanceof Refused ? (
        <span lang="en">{error.message}</span>
      ) : (
        <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
      )}
    </p>
  );
}
