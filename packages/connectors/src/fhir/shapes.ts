import { z } from "zod";

/**
 * The shape that a resource has to have for its readers here: lists where FHIR has lists, text where
 * it has text. A field that is not read may be anything; what is wrong is named by its place.
 */

const text = z.string().min(1);
const extension: z.ZodType = z.lazy(() =>
  z.looseObject({
    url: text,
    extension: z.array(extension).optional(),
    valueString: text.optional(),
    valueCode: text.optional(),
    valueInstant: text.optional(),
    valueDate: text.optional(),
    valueTime: text.optional(),
    valueBoolean: z.boolean().optional(),
    valueUnsignedInt: z.int().min(0).optional(),
    valueInteger: z.int().optional(),
    valuePositiveInt: z.int().min(1).optional(),
  }),
);
const extensions = z.array(extension).optional();
const element = z.looseObject({ extension: extensions });
const codings = z.array(
  z.looseObject({ system: text.optional(), code: text.optional(), display: text.optional() }),
);
const concept = z.looseObject({ coding: codings.optional(), text: text.optional() });
const concepts = z.array(concept).optional();
const identifier = z.looseObject({ system: text.optional(), value: text.optional() });
const identifiers = z.array(identifier).optional();
const period = z.looseObject({ start: text.optional(), end: text.optional() });
const ref = z.looseObject({ reference: text.optional(), identifier: identifier.optional() });
const refs = z.array(ref).optional();
const telecom = z
  .array(
    z.looseObject({
      extension: extensions,
      system: text.optional(),
      value: text.optional(),
      use: text.optional(),
    }),
  )
  .optional();
const address = z.looseObject({
  text: text.optional(),
  line: z.array(text).optional(),
  district: text.optional(),
  _district: element.optional(),
});
const days = z.array(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])).optional();
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$/, "is no time of day as 09:30:00")
  .optional();
const named = {
  name: text.optional(),
  _name: element.optional(),
  extension: extensions,
  identifier: identifiers,
};

const SHAPES: Record<string, z.ZodType> = {
  Organization: z.looseObject({
    ...named,
    active: z.boolean().optional(),
    type: concepts,
    telecom,
    address: z.array(address).optional(),
  }),
  Location: z.looseObject({
    ...named,
    status: z.enum(["active", "suspended", "inactive"]).optional(),
    type: concepts,
    telecom,
    address: address.optional(),
    position: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional(),
    managingOrganization: ref.optional(),
    partOf: ref.optional(),
    hoursOfOperation: z
      .array(
        z.looseObject({
          daysOfWeek: days,
          allDay: z.boolean().optional(),
          openingTime: time,
          closingTime: time,
        }),
      )
      .optional(),
  }),
  HealthcareService: z.looseObject({
    active: z.boolean().optional(),
    type: concepts,
    specialty: concepts,
    providedBy: ref.optional(),
    location: refs,
  }),
  OrganizationAffiliation: z.looseObject({
    active: z.boolean().optional(),
    identifier: identifiers,
    organization: ref.optional(),
    participatingOrganization: ref.optional(),
    specialty: concepts,
    period: period.optional(),
  }),
  Practitioner: z.looseObject({
    identifier: identifiers,
    active: z.boolean().optional(),
    name: z
      .array(
        z.looseObject({
          text: text.optional(),
          _text: element.optional(),
          family: text.optional(),
          given: z.array(text).optional(),
          prefix: z.array(text).optional(),
        }),
      )
      .optional(),
    gender: z.enum(["female", "male", "other", "unknown"]).optional(),
    qualification: z.array(z.looseObject({ code: concept })).optional(),
    communication: concepts,
  }),
  PractitionerRole: z.looseObject({
    active: z.boolean().optional(),
    practitioner: ref.optional(),
    organization: ref.optional(),
    specialty: concepts,
    location: refs,
    availableTime: z
      .array(
        z.looseObject({
          extension: extensions,
          daysOfWeek: days,
          allDay: z.boolean().optional(),
          availableStartTime: time,
          availableEndTime: time,
        }),
      )
      .optional(),
    notAvailable: z
      .array(z.looseObject({ description: text.optional(), during: period.optional() }))
      .optional(),
  }),
  MeasureReport: z.looseObject({
    status: z.enum(["complete", "pending", "error"]),
    type: z.enum(["individual", "subject-list", "summary", "data-collection"]),
    measure: text,
    date: text.optional(),
    period,
    subject: ref.optional(),
    reporter: ref.optional(),
    group: z
      .array(
        z.looseObject({
          extension: extensions,
          code: concept.optional(),
          population: z
            .array(z.looseObject({ code: concept.optional(), count: z.int().optional() }))
            .optional(),
        }),
      )
      .optional(),
  }),
};

/** What is wrong with the shape of a resource: `Location.position.latitude: ...`; nothing for kinds that are not read. */
export function misshapen(resource: unknown, type: string): string[] {
  const read = SHAPES[type]?.safeParse(resource);
  if (!read || read.success) return [];
  return read.error.issues
    .slice(0, 20)
    .map(({ path, message }) => `${[type, ...path].join(".")}: ${message}`);
}
