import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { AlertRecord } from "@ihims/core/alerts/endpoints.ts";
import { infosIn, isEmergency } from "@ihims/core/alerts/rules.ts";
import type { AlertInfo } from "@ihims/core/alerts/schema.ts";
import { AlertId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty } from "@ihims/ui/States.tsx";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { useHref } from "../../platform/address.ts";
import { Refused } from "../../platform/api.ts";
import { CouldNotRead, SkeletonRows } from "../facilities/facilities.ts";
import "./alerts.css";
import { useAlert, useAlertsLive } from "./queries.ts";

/** One warning: what, where, until when, what to do, and who says so. */
export function AlertPage({ id }: { id: string }) {
  const href = useHref();
  return (
    <main id="main" className="page">
      <Link className="back" href={href("/")}>
        <IconArrowLeft stroke={1.75} size={20} aria-hidden="true" /> <Trans>Home</Trans>
      </Link>
      <Alert id={id} />
    </main>
  );
}

function Alert({ id }: { id: string }) {
  const known = AlertId.safeParse(id);
  if (!known.success) return <NoSuchAlert />;
  return <KnownAlert id={known.data} />;
}

function NoSuchAlert() {
  return (
    <Empty isPage title={<Trans>There is no such warning</Trans>}>
      <Trans>It may have been deleted, or the link may be incomplete.</Trans>
    </Empty>
  );
}

function KnownAlert({ id }: { id: AlertId }) {
  const alert = useAlert(id);
  const formats = useFormats();
  useAlertsLive();
  if (alert.error instanceof Refused && alert.error.status === 404) return <NoSuchAlert />;
  if (alert.isError && !alert.data) return <CouldNotRead onRetry={() => void alert.refetch()} />;
  if (!alert.data) return <SkeletonRows />;
  const infos = infosIn(alert.data.infos, formats.language);
  return (
    <>
      <AlertState alert={alert.data} />
      {infos.map((info, place) => (
        <AlertText key={place} info={info} alert={alert.data} isFirst={place === 0} />
      ))}
      <Source alert={alert.data} />
    </>
  );
}

/** Said first when it does not hold any more: nobody should act on an old warning. */
function AlertState({ alert }: { alert: AlertRecord }) {
  const href = useHref();
  const now = useNow();
  const { state, replacedBy, status, expires } = alert;
  if (state === "replaced" && replacedBy)
    return (
      <p className="alert-ended">
        <Trans>There is a newer version of this warning.</Trans>{" "}
        <Link href={href(`/alerts/${replacedBy}`)}>
          <Trans>Read it</Trans>
        </Link>
      </p>
    );
  if (state === "cancelled")
    return (
      <p className="alert-ended">
        <Trans>This warning was cancelled. It does not hold any more.</Trans>
      </p>
    );
  if (state === "expired" || expires <= now)
    return (
      <p className="alert-ended">
        <Trans>This warning has ended. It does not hold any more.</Trans>
      </p>
    );
  if (status !== "Actual")
    return (
      <p className="alert-ended">
        <Trans>This is an exercise or a test. Nothing has happened.</Trans>
      </p>
    );
  return null;
}

interface TextProps {
  info: AlertInfo;
  alert: AlertRecord;
  isFirst: boolean;
}

function AlertText({ info, alert, isFirst }: TextProps) {
  const formats = useFormats();
  const now = useNow();
  const { t } = useLingui();
  const { headline, event, description, instruction, areas, language } = info;
  const Title = isFirst ? "h1" : "h2";
  const isOver = alert.state !== "active";
  const where = areas.map(({ areaDesc }) => areaDesc).join("; ");
  return (
    <article className="card alert-card" data-emergency={!isOver && isEmergency(info)}>
      <Title lang={language}>
        <IconAlertTriangle stroke={1.75} size={24} aria-hidden="true" /> {headline ?? event}
      </Title>
      <dl className="details">
        {where && (
          <Detail name={t`Where`} lang={language}>
            {where}
          </Detail>
        )}
        <Detail name={t`Until`}>{formats.moment(info.expires ?? alert.expires, now)}</Detail>
        <Detail name={t`How sure`}>
          <Certainty certainty={info.certainty} />
        </Detail>
      </dl>
      {instruction && (
        <section>
          <h2>
            <Trans>What to do</Trans>
          </h2>
          <Paragraphs text={instruction} lang={language} />
        </section>
      )}
      {description && (
        <section>
          <h2>
            <Trans>What is known</Trans>
          </h2>
          <Paragraphs text={description} lang={language} />
        </section>
      )}
      {info.web?.startsWith("https://") && (
        <a href={info.web} rel="noreferrer">
          <Trans>More from who warns</Trans>
        </a>
      )}
    </article>
  );
}

function Detail({ name, lang, children }: { name: string; lang?: string; children: ReactNode }) {
  return (
    <div className="detail">
      <dt>{name}</dt>
      <dd lang={lang}>{children}</dd>
    </div>
  );
}

function Certainty({ certainty }: Pick<AlertInfo, "certainty">) {
  switch (certainty) {
    case "Observed":
      return <Trans>It has happened or is happening</Trans>;
    case "Likely":
      return <Trans>Likely</Trans>;
    case "Possible":
      return <Trans>Possible</Trans>;
    case "Unlikely":
      return <Trans>Unlikely</Trans>;
    case "Unknown":
      return <Trans>Not known</Trans>;
  }
}

/** Authorities write line breaks as such, or as HTML's. */
function Paragraphs({ text, lang }: { text: string; lang: string }) {
  return (
    <div lang={lang}>
      {text
        .split(/\s*(?:<br\s*\/?>|\n)\s*/iu)
        .filter((line) => line !== "")
        .map((line, place) => (
          <p key={place} className="alert-text">
            {line}
          </p>
        ))}
    </div>
  );
}

function Source({ alert }: { alert: AlertRecord }) {
  const formats = useFormats();
  const now = useNow();
  const { sender, sent, infos, origin, signature, id } = alert;
  const [info] = infosIn(infos, formats.language);
  const name = info?.senderName ?? sender;
  return (
    <p className="quiet caption">
      <Trans>
        From {name}, sent {formats.moment(sent, now)}.
      </Trans>{" "}
      {origin !== null && signature === "present-not-verified" && (
        <Trans>It carries a signature, which was not checked here.</Trans>
      )}{" "}
      <a href={`/alerts.cap/${id}`}>
        <Trans>As CAP, for machines</Trans>
      </a>
    </p>
  );
}
