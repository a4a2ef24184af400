import { sql } from "kysely";
import { expiryOf } from "@ihims/core/alerts/rules.ts";
import { Alert, AlertMessage, type AlertReference } from "@ihims/core/alerts/schema.ts";
import type { AlertId } from "@ihims/core/ids.ts";
import type { Instant } from "@ihims/core/time.ts";
import type { Db } from "../../platform/database.ts";

interface AlertRow {
  id: string;
  message: object;
  origin: string | null;
  signature: string;
  received_at: string;
}

function alertFromRow({ id, message, origin, signature, received_at }: AlertRow): Alert {
  return Alert.parse({ ...message, id, origin, signature, receivedAt: received_at });
}

const COLUMNS = sql`id, message, origin, signature, received_at`;

/** Those that ended after a moment, or have not ended. */
export async function findAlertsAfter(db: Db, moment: Instant): Promise<Alert[]> {
  const { rows } = await sql<AlertRow>`
    select ${COLUMNS} from alert where expires_at > ${moment}::timestamptz
  `.execute(db);
  return rows.map(alertFromRow);
}

export async function findAlertById(db: Db, id: AlertId): Promise<Alert | undefined> {
  const { rows } = await sql<AlertRow>`select ${COLUMNS} from alert where id = ${id}`.execute(db);
  return rows[0] && alertFromRow(rows[0]);
}

/** The message that others refer to by these. */
export async function findAlertByReference(db: Db, reference: AlertReference): Promise<Alert | undefined> {
  const { sender, identifier, sent } = reference;
  const { rows } = await sql<AlertRow>`
    select ${COLUMNS} from alert
    where sender = ${sender} and identifier = ${identifier} and sent = ${sent}::timestamptz
  `.execute(db);
  return rows[0] && alertFromRow(rows[0]);
}

/** Keep a message. @returns false when one with its sender, identifier and moment is there already */
export async function insertAlert(db: Db, alert: Alert): Promise<boolean> {
  const { id, origin, signature, receivedAt } = alert;
  const message = AlertMessage.parse(alert);
  const { rows } = await sql`
    insert into alert (id, sender, identifier, sent, message, origin, signature, received_at, expires_at)
    values (${id}, ${alert.sender}, ${alert.identifier}, ${alert.sent}::timestamptz, ${JSON.stringify(message)}::jsonb,
      ${origin}, ${signature}, ${receivedAt}::timestamptz, ${expiryOf(alert)}::timestamptz)
    on conflict do nothing returning id
  `.execute(db);
  return rows.length > 0;
}
