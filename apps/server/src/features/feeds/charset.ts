import { isUtf8 } from "node:buffer";

const UTF8 = /^utf-?8$/i;
/** Character sets that senders state and iconv reads. Others are asked of the bytes. */
const READ =
  /^(windows-125\d|iso-8859-\d{1,2}|utf-16(le|be)?|us-ascii|latin1|shift_jis|gb18030|big5|koi8-r)$/i;
/** Pages and XML say what they are written in within so many bytes. */
const HEAD_BYTES = 2048;

/**
 * The character set of a text: what its first bytes show, or else what the sender states, as long as
 * the bytes do not contradict it; or what the page itself says.
 *
 * @returns undefined where the reader's own guess is the best
 */
export function charsetOf(bytes: Buffer, stated: string | undefined): string | undefined {
  if (hasMark(bytes)) return undefined;
  for (const one of [stated, statedInside(bytes)]) {
    if (one === undefined) continue;
    // Many servers say UTF-8 of whatever they have, and some say Latin 1 of UTF-8.
    if (UTF8.test(one)) return isUtf8(bytes) ? "utf-8" : undefined;
    if (READ.test(one)) return isUtf8(bytes) && !/^utf-16/i.test(one) ? "utf-8" : one;
  }
  return undefined;
}

/** A byte order mark, or the signature of something packed. */
function hasMark(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 3).toString("hex");
  return head === "efbbbf" || /^(fffe|feff|1f8b|504b|d0cf)/.test(head);
}

function statedInside(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, HEAD_BYTES).toString("latin1");
  return (
    /<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]+encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})/i.exec(head)?.[1]
  );
}
