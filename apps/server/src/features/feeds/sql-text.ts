import { Problem } from "@ihims/core/problem.ts";

/** Words that a question begins with. */
const ASKING = /^(select|with|values|table)\b/i;
/** Words that write or leave the database's own ground, wherever they stand outside of texts and names. */
const WRITING =
  /\b(insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|call|exec|execute|into|copy|load_file|outfile|dumpfile|xp_\w+|sp_\w+|openrowset|opendatasource|openquery|waitfor|handler|do|lock)\b/i;

/**
 * A query of which we know that it is one question. The session cannot write either; this is what
 * its owner is told early, in words.
 *
 * @throws Problem `bad-input` that names what is wrong
 */
export function oneQuestion(query: string): string {
  const bare = withoutTexts(query).trim().replace(/;\s*$/, "");
  const refuse = (detail: string) => {
    throw new Problem("bad-input", `query: ${detail}`, { errors: [{ pointer: "/source/query", detail }] });
  };
  if (bare.includes(";")) refuse("is more than one statement");
  if (!ASKING.test(bare.replace(/^\(+\s*/, ""))) refuse("begins with neither SELECT nor WITH");
  const writes = WRITING.exec(bare)?.[1];
  if (writes !== undefined) refuse(`has the word ${writes.toUpperCase()}, which asks for more than reading`);
  return query.trim().replace(/;\s*$/, "");
}

/** The statement with texts, quoted names and comments made blank. */
function withoutTexts(query: string): string {
  return query.replace(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g,
    // MySQL and MariaDB run what stands in such a comment.
    (found) => (/^\/\*M?!/.test(found) ? " ; run " : " "),
  );
}
