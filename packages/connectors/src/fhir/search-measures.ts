import { ids, inclusion, reader, ref, spanOf, text, token, type ResourceSearch } from "./search-parameter.ts";
import { spanIn } from "./search-values.ts";

/** What is reported here. */
export const MEASURE_SEARCH: ResourceSearch = {
  type: "Measure",
  profiles: [],
  parameters: [
    token<"Measure">("identifier", "Its id", ({ identifier }) => ids(identifier)),
    text<"Measure">("name", "What it is called", ({ name }) => [name]),
    token<"Measure">("status", "active", ({ status }) => [{ code: status }]),
    token<"Measure">("url", "Its canonical address", ({ url }) => (url ? [{ code: url }] : [])),
  ],
  includes: new Map(),
  revincludes: [],
};

/** The reports of beds, as SANER asks for them. */
export const MEASURE_REPORT_SEARCH: ResourceSearch = {
  type: "MeasureReport",
  profiles: [],
  countDefault: 100,
  parameters: [
    {
      name: "date",
      type: "date",
      documentation: "When its newest figure was seen",
      find: reader<"MeasureReport">(({ date }) => ({ spans: [spanIn(date, date)] })),
    },
    {
      name: "period",
      type: "date",
      documentation: "From its oldest figure to its newest",
      find: reader<"MeasureReport">(({ period }) => ({ spans: spanOf(period) })),
    },
    token<"MeasureReport">(
      "measure",
      "The measure that it follows, by its canonical address or id",
      ({ measure }) => [
        { code: measure },
        { system: measure, code: "1" },
        { code: "Measure/beds" },
        { code: "beds" },
      ],
    ),
    token<"MeasureReport">("identifier", "The facility's id", ({ identifier }) => ids(identifier)),
    token<"MeasureReport">("status", "complete", ({ status }) => [{ code: status }]),
    ref<"MeasureReport">("subject", ["Location"], "The facility's place", ({ subject }) => [subject]),
    token<"MeasureReport">("subject:identifier", "The facility's id", ({ subject }) =>
      ids(subject?.identifier && [subject.identifier]),
    ),
    {
      name: "subject:Location.near",
      type: "special",
      documentation: "Facilities near a place: latitude|longitude|distance|unit",
      find: () => ({ texts: [] }),
    },
    ref<"MeasureReport">("reporter", ["Organization"], "The facility's organization", ({ reporter }) => [
      reporter,
    ]),
    token<"MeasureReport">("reporter:identifier", "The facility's id", ({ reporter }) =>
      ids(reporter?.identifier && [reporter.identifier]),
    ),
  ],
  includes: new Map([
    inclusion<"MeasureReport">("MeasureReport:subject", ({ subject }) => [subject]),
    inclusion<"MeasureReport">("MeasureReport:reporter", ({ reporter }) => [reporter]),
    inclusion<"MeasureReport">("*", ({ subject, reporter }) => [subject, reporter]),
  ]),
  revincludes: [],
};
