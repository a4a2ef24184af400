import { z } from "zod";
import { Position } from "@ihims/core/geo.ts";
import { Instant } from "@ihims/core/time.ts";

/**
 * EDXL-HAVE 1.0 (OASIS Standard, 1 November 2008, with the errata of 22 December 2009) as data: the
 * names are the standard's own, and the fields stand in the order in which its schema has them.
 * Reading and writing are done by these objects, so the order here is the order on paper.
 */
export const HAVE_NAMESPACE = "urn:oasis:names:tc:emergency:EDXL:HAVE:1.0";
export const HAVE_2_NAMESPACE = "urn:oasis:names:tc:emergency:edxl:have:2.0";
/** What each of a triage count's codes is taken from. */
export const TRIAGE_CODES = "urn:oasis:names:tc:emergency:have:1.0:triagecolorcode";

const text = z.string().min(1).max(4000);
const comments = z.array(text).optional();
const count = z.int().min(-1_000_000_000).max(1_000_000_000);

export const HaveBedType = z.enum([
  "AdultICU",
  "PediatricICU",
  "NeonatalICU",
  "EmergencyDepartment",
  "NurseryBeds",
  "MedicalSurgical",
  "RehabLongTermCare",
  "Burn",
  "Pediatrics",
  "AdultPsychiatric",
  "PediatricPsychiatric",
  "NegativeFlowIsolation",
  "OtherIsolation",
  "OperatingRooms",
]);
export type HaveBedType = z.infer<typeof HaveBedType>;

const TriageCount = z.object({
  TriageCodeListURN: text.optional(),
  TriageCode: z
    .array(
      z.object({
        TriageCodeValue: z.enum(["Red", "Yellow", "Green", "Black"]),
        TriageCountQuantity: count,
      }),
    )
    .optional(),
});

const Triaged = z.object({ TriageCount: TriageCount.optional() });

const Offload = z.object({
  EMSOffloadStatus: z.enum(["Normal", "Delayed"]).optional(),
  EMSOffloadMinutes: count.optional(),
});

export const EMSTraffic = z.object({
  EMSTrafficStatus: z.enum(["Normal", "Advisory", "Closed", "NotApplicable"]).optional(),
  EMSTrafficReason: text.optional(),
  CommentText: text.optional(),
});

const EmergencyDepartmentStatus = z.object({
  EMSTraffic: EMSTraffic.optional(),
  EMSCapacity: Triaged.optional(),
  EMSCensus: Triaged.optional(),
  EMSAmbulanceStatus: Offload.optional(),
  EMSAirTransportStatus: Offload.optional(),
  CommentText: comments,
});

export const Capacity = z.object({
  CapacityStatus: z.enum(["Vacant/Available", "NotAvailable"]).optional(),
  AvailableCount: count.optional(),
  BaselineCount: count.optional(),
  AdditionalCapacityCount24Hr: count.optional(),
  AdditionalCapacityCount72Hr: count.optional(),
});
export type Capacity = z.infer<typeof Capacity>;

export const BedCapacity = z.object({
  BedType: z.array(HaveBedType).optional(),
  SubCategoryBedType: z.array(text).optional(),
  Capacity: z.array(Capacity).optional(),
  CommentText: comments,
});
export type BedCapacity = z.infer<typeof BedCapacity>;

const covered = z.boolean().optional();

/** A service is told of as a whole or by its parts, never both. */
function indicator<Whole extends string, Parts extends z.ZodRawShape>(
  whole: Whole,
  name: string,
  parts: Parts,
) {
  return z
    .object({ [whole]: covered, [name]: z.object(parts).optional() })
    .refine(
      (given) => given[whole] === undefined || given[name] === undefined,
      `${whole} or ${name}, not both`,
    )
    .optional();
}

/** Every service of ServiceCoverageStatus, in the schema's order. */
export const ServiceCoverageStatus = z.object({
  Burn: covered,
  CardiologyIndicator: indicator("Cardiology", "CardiologySubType", {
    CardiologyInvasive: covered,
    CardiologyNonInvasive: covered,
  }),
  Dialysis: covered,
  EmergencyDepartment: covered,
  HyperbaricChamber: covered,
  InfectiousDisease: covered,
  Neonatology: covered,
  NeurologyIndicator: indicator("Neurology", "NeurologySubType", {
    NeurologyInvasive: covered,
    NeurologyNonInvasive: covered,
  }),
  OBGYNIndicator: indicator("OBGYN", "OBGYNSubType", {
    OBGYNWithLaborDelivery: covered,
    OBGYNWithoutLaborDelivery: covered,
  }),
  Ophthalmology: covered,
  Orthopedic: covered,
  Pediatrics: covered,
  PsychiatricIndicator: indicator("Psychiatric", "PsychiatricSubType", {
    PsychiatricAdultGeneral: covered,
    PsychiatricPediatric: covered,
  }),
  SurgeryIndicator: indicator("Surgery", "SurgerySubType", {
    General: covered,
    AdultGeneralSurgery: covered,
    Pediatrics: covered,
    Orthopedics: covered,
    Neurosurgery: covered,
    Facial: covered,
    CardioThoracic: covered,
    Hand: covered,
    Reimplantation: covered,
    Spinal: covered,
    Vascular: covered,
    Anesthesia: covered,
  }),
  TransportServicesIndicator: indicator("TransportServices", "TransportServicesSubType", {
    AmbulanceServices: covered,
    AirTransportServices: covered,
  }),
  TraumaCenterServicesIndicator: z
    .object({
      TraumaCenterServices: covered,
      TraumaCenterServicesLevel: z.enum(["Level1", "Level2", "Level3", "Level4"]).optional(),
    })
    .optional(),
  CommentText: comments,
});
export type ServiceCoverageStatus = z.infer<typeof ServiceCoverageStatus>;

const activity = z.enum(["Active", "Inactive"]).optional();

const HospitalFacilityStatus = z.object({
  HospitalEOCStatus: activity,
  HospitalEOCPlan: activity,
  ClinicalStatus: z.enum(["Normal", "Full"]).optional(),
  DeconCapacity: z
    .object({
      DeconCapacityStatus: z.enum(["Inactive", "Open", "Full", "Exceeded"]).optional(),
      AmbulatoryPatientsDeconCapacity: count.optional(),
      NonAmbulatoryPatientsDeconCapacity: count.optional(),
    })
    .optional(),
  MorgueCapacity: z
    .object({
      MorgueCapacityStatus: z.enum(["Open", "Full", "Exceeded"]).optional(),
      MorgueCapacityUnits: count.optional(),
    })
    .optional(),
  FacilityStatus: z.enum(["Normal", "Compromised", "Evacuating", "Closed"]).optional(),
  SecurityStatus: z.enum(["Normal", "Elevated", "RestrictedAccess", "Lockdown", "Quarantine"]).optional(),
  Activity24Hr: z
    .object({ Admissions: count.optional(), Discharges: count.optional(), Deaths: count.optional() })
    .optional(),
  CommentText: comments,
});

const adequacy = z.enum(["Adequate", "Insufficient"]).optional();

const HospitalResourcesStatus = z.object({
  Staffing: adequacy,
  FacilityOperations: adequacy,
  ClinicalOperations: adequacy,
  ResourcesInformationText: z.array(text).optional(),
  CommentText: comments,
});

/** The parts of a hospital that are written in the standard's own namespace. */
export const HospitalStatuses = z.object({
  EmergencyDepartmentStatus: EmergencyDepartmentStatus.optional(),
  HospitalBedCapacityStatus: z.object({ BedCapacity: z.array(BedCapacity).min(1) }).optional(),
  ServiceCoverageStatus: ServiceCoverageStatus.optional(),
  HospitalFacilityStatus: HospitalFacilityStatus.optional(),
  HospitalResourcesStatus: HospitalResourcesStatus.optional(),
});
export type HospitalStatuses = z.infer<typeof HospitalStatuses>;

/**
 * Who the hospital is. The standard has it in OASIS CIQ (xNL, xAL, xPIL) and GML, which say much
 * more than this; what we write and read of them is here.
 */
export const HaveOrganization = z.object({
  /** The sender's id of it (xnl:OrganisationName/@ID). */
  id: z.string().min(1).max(200).optional(),
  name: z.string().min(1).max(300),
  /** One line of text, as in xal:FreeTextAddress/xal:AddressLine. */
  address: z.string().min(1).max(500).optional(),
  phones: z.array(z.string().min(1).max(60)).max(50),
  position: Position.optional(),
  comments: z.array(text),
});
export type HaveOrganization = z.infer<typeof HaveOrganization>;

/** One Hospital of a report. */
export const HaveHospital = z.object({
  organization: HaveOrganization,
  statuses: HospitalStatuses,
  lastUpdateTime: Instant,
});
export type HaveHospital = z.infer<typeof HaveHospital>;
