import { NativeSelect, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useLingui as useWords } from "@lingui/react/macro";
import { FeedSource, type FeedCredentials } from "@ihims/core/feeds/schema.ts";
import { SOURCE_KIND_WORDS } from "./words.ts";

/** Kinds that a facility's administrator makes here; folders are the operator's. */
const KINDS = ["http", "sql", "sftp", "fhir", "push"] as const;

/** What somebody has typed of a source, as texts. */
export interface SourceDraft {
  kind: FeedSource["kind"];
  url: string;
  auth: "none" | "basic" | "bearer";
  engine: "postgresql" | "mysql" | "sqlserver";
  host: string;
  port: string;
  database: string;
  user: string;
  query: string;
  tls: "on" | "off" | "unverified";
  hostKey: string;
  folder: string;
  pattern: string;
  read: "beds" | "encounters" | "measure-reports";
  password: string;
  token: string;
}

export const EMPTY_SOURCE: SourceDraft = {
  kind: "http",
  url: "",
  auth: "none",
  engine: "postgresql",
  host: "",
  port: "",
  database: "",
  user: "",
  query: "",
  tls: "on",
  hostKey: "",
  folder: "/",
  pattern: "*.csv",
  read: "beds",
  password: "",
  token: "",
};

/** A source as somebody would have typed it; secrets are never given out. */
export function draftOf(source: FeedSource): SourceDraft {
  const { port, ...texts } = { port: undefined, ...source };
  return { ...EMPTY_SOURCE, ...texts, port: port === undefined ? "" : String(port) };
}

/**
 * What was typed as the source that it stands for; undefined while something is missing.
 *
 * @param known the source that is changed: what has no field here stays as it is
 */
export function sourceOf(draft: SourceDraft, known?: FeedSource): FeedSource | undefined {
  const port = draft.port.trim() === "" ? undefined : Number(draft.port);
  const { url, auth, engine, host, database, user, query, tls, hostKey, folder, pattern, read } = draft;
  const given = {
    http: { kind: "http", url, auth },
    fhir: { kind: "fhir", url, auth, read },
    sql: { kind: "sql", engine, host, port, database, user, query, tls },
    sftp: { kind: "sftp", host, port, user, hostKey, folder, pattern },
    folder: { kind: "folder", folder, pattern },
    push: { kind: "push" },
  }[draft.kind];
  return FeedSource.safeParse({ ...(known?.kind === draft.kind && known), ...given }).data;
}

export function credentialsOf({
  kind,
  auth,
  user,
  password,
  token,
}: SourceDraft): FeedCredentials | undefined {
  if (kind === "sql" || kind === "sftp") return password === "" ? undefined : { password };
  if (kind === "push" || kind === "folder" || auth === "none") return undefined;
  if (password === "" && token === "") return undefined;
  return auth === "basic" ? { user, password } : { token };
}

interface Props {
  draft: SourceDraft;
  /** Secrets are kept already: what is left empty stays as it is. */
  isKept?: boolean;
  onChange(draft: SourceDraft): void;
}

/** The fields of a source: those that its kind has. */
export function SourceFields(props: Props) {
  const { t } = useWords();
  const { i18n } = useLingui();
  const { draft, onChange } = props;
  return (
    <>
      <NativeSelect
        label={t`Where the data comes from`}
        value={draft.kind}
        data={KINDS.map((kind) => ({ value: kind, label: i18n._(SOURCE_KIND_WORDS[kind]) }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, kind: KINDS.find((kind) => kind === value) ?? "http" })
        }
      />
      {(draft.kind === "http" || draft.kind === "fhir") && <WebFields {...props} />}
      {draft.kind === "sql" && <SqlFields {...props} />}
      {draft.kind === "sftp" && <SftpFields {...props} />}
    </>
  );
}

function useText({ draft, onChange }: Props) {
  return (name: keyof SourceDraft, label: string, isRequired = true) => ({
    label,
    required: isRequired,
    value: draft[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onChange({ ...draft, [name]: value }),
  });
}

/** A secret's field; one that is kept need not be entered again. */
function useSecret(props: Props) {
  const { t } = useWords();
  const text = useText(props);
  const kept = props.isKept ? { description: t`Kept as it is unless you enter another` } : {};
  return (name: "password" | "token", label: string) => ({
    ...text(name, label, !props.isKept),
    ...kept,
    autoComplete: "new-password",
  });
}

function WebFields(props: Props) {
  const { t } = useWords();
  const text = useText(props);
  const secret = useSecret(props);
  const { draft, onChange } = props;
  return (
    <>
      <TextInput {...text("url", t`Address`)} type="url" placeholder="https://…" />
      {draft.kind === "fhir" && (
        <NativeSelect
          label={t`What is read`}
          value={draft.read}
          data={[
            { value: "beds", label: t`Beds, as Locations` },
            { value: "encounters", label: t`Patients in bed, as a count` },
            { value: "measure-reports", label: t`Bed counts, as MeasureReports` },
          ]}
          onChange={({ currentTarget: { value } }) =>
            onChange({
              ...draft,
              read: value === "encounters" || value === "measure-reports" ? value : "beds",
            })
          }
        />
      )}
      <NativeSelect
        label={t`How we sign in there`}
        value={draft.auth}
        data={[
          { value: "none", label: t`Not at all` },
          { value: "basic", label: t`Name and password` },
          { value: "bearer", label: t`Token` },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, auth: value === "basic" || value === "bearer" ? value : "none" })
        }
      />
      {draft.auth === "basic" && (
        <>
          <TextInput {...text("user", t`Name`)} autoComplete="off" />
          <PasswordInput {...secret("password", t`Password`)} />
        </>
      )}
      {draft.auth === "bearer" && <PasswordInput {...secret("token", t`Token`)} />}
    </>
  );
}

function SqlFields(props: Props) {
  const { t } = useWords();
  const text = useText(props);
  const secret = useSecret(props);
  const { draft, onChange } = props;
  return (
    <>
      <NativeSelect
        label={t`Database system`}
        value={draft.engine}
        data={[
          { value: "postgresql", label: "PostgreSQL" },
          { value: "mysql", label: "MySQL, MariaDB" },
          { value: "sqlserver", label: "SQL Server" },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, engine: value === "mysql" || value === "sqlserver" ? value : "postgresql" })
        }
      />
      <TextInput {...text("host", t`Host`)} />
      <TextInput {...text("port", t`Port`, false)} inputMode="numeric" />
      <TextInput {...text("database", t`Database`)} />
      <TextInput {...text("user", t`Name`)} autoComplete="off" />
      <PasswordInput {...secret("password", t`Password`)} />
      <NativeSelect
        label={t`Encryption`}
        value={draft.tls}
        data={[
          { value: "on", label: t`On` },
          { value: "unverified", label: t`On, whoever signed its certificate` },
          { value: "off", label: t`Off: only inside of one network` },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, tls: value === "off" || value === "unverified" ? value : "on" })
        }
      />
      <Textarea {...text("query", t`Query`)} autosize minRows={3} spellCheck={false} />
    </>
  );
}

function SftpFields(props: Props) {
  const { t } = useWords();
  const text = useText(props);
  const secret = useSecret(props);
  return (
    <>
      <TextInput {...text("host", t`Host`)} />
      <TextInput {...text("port", t`Port`, false)} inputMode="numeric" />
      <TextInput {...text("hostKey", t`Fingerprint of its key`)} placeholder="SHA256:…" spellCheck={false} />
      <TextInput {...text("user", t`Name`)} autoComplete="off" />
      <PasswordInput {...secret("password", t`Password`)} />
      <TextInput {...text("folder", t`Folder`)} />
      <TextInput {...text("pattern", t`File names, * for any letters`)} />
    </>
  );
}
