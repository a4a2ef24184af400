/**
 * The elements of our resources and of all types within them, in the order of FHIR R4 (4.0.1), which XML
 * asks for: `name:type`, with `*` for a list and `@` for an attribute. Made from the definitions by
 * `testing/elements-of-definitions.ts`; a test holds it against them.
 */
export const ELEMENTS_BY_TYPE: Readonly<Record<string, string>> = {
  Address:
    "id:string@ extension:Extension* use:code type:code text:string line:string* city:string district:string state:string postalCode:string country:string period:Period",
  Age: "id:string@ extension:Extension* value:decimal comparator:code unit:string system:uri code:code",
  Annotation:
    "id:string@ extension:Extension* authorReference:Reference authorString:string time:dateTime text:markdown",
  Attachment:
    "id:string@ extension:Extension* contentType:code language:code data:base64Binary url:url size:unsignedInt hash:base64Binary title:string creation:dateTime",
  Bundle:
    "id:string meta:Meta implicitRules:uri language:code identifier:Identifier type:code timestamp:instant total:unsignedInt link:Bundle.link* entry:Bundle.entry* signature:Signature",
  "Bundle.entry":
    "id:string@ extension:Extension* modifierExtension:Extension* link:Bundle.link* fullUrl:uri resource:Resource search:Bundle.entry.search request:Bundle.entry.request response:Bundle.entry.response",
  "Bundle.entry.request":
    "id:string@ extension:Extension* modifierExtension:Extension* method:code url:uri ifNoneMatch:string ifModifiedSince:instant ifMatch:string ifNoneExist:string",
  "Bundle.entry.response":
    "id:string@ extension:Extension* modifierExtension:Extension* status:string location:uri etag:string lastModified:instant outcome:OperationOutcome",
  "Bundle.entry.search":
    "id:string@ extension:Extension* modifierExtension:Extension* mode:code score:decimal",
  "Bundle.link": "id:string@ extension:Extension* modifierExtension:Extension* relation:string url:uri",
  CapabilityStatement:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* url:uri version:string name:string title:string status:code experimental:boolean date:dateTime publisher:string contact:ContactDetail* description:markdown useContext:UsageContext* jurisdiction:CodeableConcept* purpose:markdown copyright:markdown kind:code instantiates:canonical* imports:canonical* software:CapabilityStatement.software implementation:CapabilityStatement.implementation fhirVersion:code format:code* patchFormat:code* implementationGuide:canonical* rest:CapabilityStatement.rest* messaging:CapabilityStatement.messaging* document:CapabilityStatement.document*",
  "CapabilityStatement.document":
    "id:string@ extension:Extension* modifierExtension:Extension* mode:code documentation:markdown profile:canonical",
  "CapabilityStatement.implementation":
    "id:string@ extension:Extension* modifierExtension:Extension* description:string url:url custodian:Reference",
  "CapabilityStatement.messaging":
    "id:string@ extension:Extension* modifierExtension:Extension* endpoint:CapabilityStatement.messaging.endpoint* reliableCache:unsignedInt documentation:markdown supportedMessage:CapabilityStatement.messaging.supportedMessage*",
  "CapabilityStatement.messaging.endpoint":
    "id:string@ extension:Extension* modifierExtension:Extension* protocol:Coding address:url",
  "CapabilityStatement.messaging.supportedMessage":
    "id:string@ extension:Extension* modifierExtension:Extension* mode:code definition:canonical",
  "CapabilityStatement.rest":
    "id:string@ extension:Extension* modifierExtension:Extension* mode:code documentation:markdown security:CapabilityStatement.rest.security resource:CapabilityStatement.rest.resource* interaction:CapabilityStatement.rest.interaction* searchParam:CapabilityStatement.rest.resource.searchParam* operation:CapabilityStatement.rest.resource.operation* compartment:canonical*",
  "CapabilityStatement.rest.interaction":
    "id:string@ extension:Extension* modifierExtension:Extension* code:code documentation:markdown",
  "CapabilityStatement.rest.resource":
    "id:string@ extension:Extension* modifierExtension:Extension* type:code profile:canonical supportedProfile:canonical* documentation:markdown interaction:CapabilityStatement.rest.resource.interaction* versioning:code readHistory:boolean updateCreate:boolean conditionalCreate:boolean conditionalRead:code conditionalUpdate:boolean conditionalDelete:code referencePolicy:code* searchInclude:string* searchRevInclude:string* searchParam:CapabilityStatement.rest.resource.searchParam* operation:CapabilityStatement.rest.resource.operation*",
  "CapabilityStatement.rest.resource.interaction":
    "id:string@ extension:Extension* modifierExtension:Extension* code:code documentation:markdown",
  "CapabilityStatement.rest.resource.operation":
    "id:string@ extension:Extension* modifierExtension:Extension* name:string definition:canonical documentation:markdown",
  "CapabilityStatement.rest.resource.searchParam":
    "id:string@ extension:Extension* modifierExtension:Extension* name:string definition:canonical type:code documentation:markdown",
  "CapabilityStatement.rest.security":
    "id:string@ extension:Extension* modifierExtension:Extension* cors:boolean service:CodeableConcept* description:markdown",
  "CapabilityStatement.software":
    "id:string@ extension:Extension* modifierExtension:Extension* name:string version:string releaseDate:dateTime",
  CodeableConcept: "id:string@ extension:Extension* coding:Coding* text:string",
  Coding:
    "id:string@ extension:Extension* system:uri version:string code:code display:string userSelected:boolean",
  ContactDetail: "id:string@ extension:Extension* name:string telecom:ContactPoint*",
  ContactPoint:
    "id:string@ extension:Extension* system:code value:string use:code rank:positiveInt period:Period",
  Contributor: "id:string@ extension:Extension* type:code name:string contact:ContactDetail*",
  Count: "id:string@ extension:Extension* value:decimal comparator:code unit:string system:uri code:code",
  DataRequirement:
    "id:string@ extension:Extension* type:code profile:canonical* subjectCodeableConcept:CodeableConcept subjectReference:Reference mustSupport:string* codeFilter:DataRequirement.codeFilter* dateFilter:DataRequirement.dateFilter* limit:positiveInt sort:DataRequirement.sort*",
  "DataRequirement.codeFilter":
    "id:string@ extension:Extension* path:string searchParam:string valueSet:canonical code:Coding*",
  "DataRequirement.dateFilter":
    "id:string@ extension:Extension* path:string searchParam:string valueDateTime:dateTime valuePeriod:Period valueDuration:Duration",
  "DataRequirement.sort": "id:string@ extension:Extension* path:string direction:code",
  Distance: "id:string@ extension:Extension* value:decimal comparator:code unit:string system:uri code:code",
  Dosage:
    "id:string@ extension:Extension* modifierExtension:Extension* sequence:integer text:string additionalInstruction:CodeableConcept* patientInstruction:string timing:Timing asNeededBoolean:boolean asNeededCodeableConcept:CodeableConcept site:CodeableConcept route:CodeableConcept method:CodeableConcept doseAndRate:Dosage.doseAndRate* maxDosePerPeriod:Ratio maxDosePerAdministration:Quantity maxDosePerLifetime:Quantity",
  "Dosage.doseAndRate":
    "id:string@ extension:Extension* type:CodeableConcept doseRange:Range doseQuantity:Quantity rateRatio:Ratio rateRange:Range rateQuantity:Quantity",
  Duration: "id:string@ extension:Extension* value:decimal comparator:code unit:string system:uri code:code",
  Element: "id:string@ extension:Extension*",
  Endpoint:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* status:code connectionType:Coding name:string managingOrganization:Reference contact:ContactPoint* period:Period payloadType:CodeableConcept* payloadMimeType:code* address:url header:string*",
  Expression:
    "id:string@ extension:Extension* description:string name:id language:code expression:string reference:uri",
  Extension:
    "id:string@ extension:Extension* url:string@ valueBase64Binary:base64Binary valueBoolean:boolean valueCanonical:canonical valueCode:code valueDate:date valueDateTime:dateTime valueDecimal:decimal valueId:id valueInstant:instant valueInteger:integer valueMarkdown:markdown valueOid:oid valuePositiveInt:positiveInt valueString:string valueTime:time valueUnsignedInt:unsignedInt valueUri:uri valueUrl:url valueUuid:uuid valueAddress:Address valueAge:Age valueAnnotation:Annotation valueAttachment:Attachment valueCodeableConcept:CodeableConcept valueCoding:Coding valueContactPoint:ContactPoint valueCount:Count valueDistance:Distance valueDuration:Duration valueHumanName:HumanName valueIdentifier:Identifier valueMoney:Money valuePeriod:Period valueQuantity:Quantity valueRange:Range valueRatio:Ratio valueReference:Reference valueSampledData:SampledData valueSignature:Signature valueTiming:Timing valueContactDetail:ContactDetail valueContributor:Contributor valueDataRequirement:DataRequirement valueExpression:Expression valueParameterDefinition:ParameterDefinition valueRelatedArtifact:RelatedArtifact valueTriggerDefinition:TriggerDefinition valueUsageContext:UsageContext valueDosage:Dosage valueMeta:Meta",
  HealthcareService:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* active:boolean providedBy:Reference offeredIn:Reference* category:CodeableConcept* type:CodeableConcept* specialty:CodeableConcept* location:Reference* name:string comment:string extraDetails:markdown photo:Attachment telecom:ContactPoint* coverageArea:Reference* serviceProvisionCode:CodeableConcept* eligibility:HealthcareService.eligibility* program:CodeableConcept* characteristic:CodeableConcept* communication:CodeableConcept* referralMethod:CodeableConcept* appointmentRequired:boolean availableTime:HealthcareService.availableTime* notAvailable:HealthcareService.notAvailable* availabilityExceptions:string endpoint:Reference*",
  "HealthcareService.availableTime":
    "id:string@ extension:Extension* modifierExtension:Extension* daysOfWeek:code* allDay:boolean availableStartTime:time availableEndTime:time",
  "HealthcareService.eligibility":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept comment:markdown",
  "HealthcareService.notAvailable":
    "id:string@ extension:Extension* modifierExtension:Extension* description:string during:Period",
  HumanName:
    "id:string@ extension:Extension* use:code text:string family:string given:string* prefix:string* suffix:string* period:Period",
  Identifier:
    "id:string@ extension:Extension* use:code type:CodeableConcept system:uri value:string period:Period assigner:Reference",
  InsurancePlan:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* status:code type:CodeableConcept* name:string alias:string* period:Period ownedBy:Reference administeredBy:Reference coverageArea:Reference* contact:InsurancePlan.contact* endpoint:Reference* network:Reference* coverage:InsurancePlan.coverage* plan:InsurancePlan.plan*",
  "InsurancePlan.contact":
    "id:string@ extension:Extension* modifierExtension:Extension* purpose:CodeableConcept name:HumanName telecom:ContactPoint* address:Address",
  "InsurancePlan.coverage":
    "id:string@ extension:Extension* modifierExtension:Extension* type:CodeableConcept network:Reference* benefit:InsurancePlan.coverage.benefit*",
  "InsurancePlan.coverage.benefit":
    "id:string@ extension:Extension* modifierExtension:Extension* type:CodeableConcept requirement:string limit:InsurancePlan.coverage.benefit.limit*",
  "InsurancePlan.coverage.benefit.limit":
    "id:string@ extension:Extension* modifierExtension:Extension* value:Quantity code:CodeableConcept",
  "InsurancePlan.plan":
    "id:string@ extension:Extension* modifierExtension:Extension* identifier:Identifier* type:CodeableConcept coverageArea:Reference* network:Reference* generalCost:InsurancePlan.plan.generalCost* specificCost:InsurancePlan.plan.specificCost*",
  "InsurancePlan.plan.generalCost":
    "id:string@ extension:Extension* modifierExtension:Extension* type:CodeableConcept groupSize:positiveInt cost:Money comment:string",
  "InsurancePlan.plan.specificCost":
    "id:string@ extension:Extension* modifierExtension:Extension* category:CodeableConcept benefit:InsurancePlan.plan.specificCost.benefit*",
  "InsurancePlan.plan.specificCost.benefit":
    "id:string@ extension:Extension* modifierExtension:Extension* type:CodeableConcept cost:InsurancePlan.plan.specificCost.benefit.cost*",
  "InsurancePlan.plan.specificCost.benefit.cost":
    "id:string@ extension:Extension* modifierExtension:Extension* type:CodeableConcept applicability:CodeableConcept qualifiers:CodeableConcept* value:Quantity",
  Location:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* status:code operationalStatus:Coding name:string alias:string* description:string mode:code type:CodeableConcept* telecom:ContactPoint* address:Address physicalType:CodeableConcept position:Location.position managingOrganization:Reference partOf:Reference hoursOfOperation:Location.hoursOfOperation* availabilityExceptions:string endpoint:Reference*",
  "Location.hoursOfOperation":
    "id:string@ extension:Extension* modifierExtension:Extension* daysOfWeek:code* allDay:boolean openingTime:time closingTime:time",
  "Location.position":
    "id:string@ extension:Extension* modifierExtension:Extension* longitude:decimal latitude:decimal altitude:decimal",
  Measure:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* url:uri identifier:Identifier* version:string name:string title:string subtitle:string status:code experimental:boolean subjectCodeableConcept:CodeableConcept subjectReference:Reference date:dateTime publisher:string contact:ContactDetail* description:markdown useContext:UsageContext* jurisdiction:CodeableConcept* purpose:markdown usage:string copyright:markdown approvalDate:date lastReviewDate:date effectivePeriod:Period topic:CodeableConcept* author:ContactDetail* editor:ContactDetail* reviewer:ContactDetail* endorser:ContactDetail* relatedArtifact:RelatedArtifact* library:canonical* disclaimer:markdown scoring:CodeableConcept compositeScoring:CodeableConcept type:CodeableConcept* riskAdjustment:string rateAggregation:string rationale:markdown clinicalRecommendationStatement:markdown improvementNotation:CodeableConcept definition:markdown* guidance:markdown group:Measure.group* supplementalData:Measure.supplementalData*",
  "Measure.group":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept description:string population:Measure.group.population* stratifier:Measure.group.stratifier*",
  "Measure.group.population":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept description:string criteria:Expression",
  "Measure.group.stratifier":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept description:string criteria:Expression component:Measure.group.stratifier.component*",
  "Measure.group.stratifier.component":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept description:string criteria:Expression",
  "Measure.supplementalData":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept usage:CodeableConcept* description:string criteria:Expression",
  MeasureReport:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* status:code type:code measure:canonical subject:Reference date:dateTime reporter:Reference period:Period improvementNotation:CodeableConcept group:MeasureReport.group* evaluatedResource:Reference*",
  "MeasureReport.group":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept population:MeasureReport.group.population* measureScore:Quantity stratifier:MeasureReport.group.stratifier*",
  "MeasureReport.group.population":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept count:integer subjectResults:Reference",
  "MeasureReport.group.stratifier":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept* stratum:MeasureReport.group.stratifier.stratum*",
  "MeasureReport.group.stratifier.stratum":
    "id:string@ extension:Extension* modifierExtension:Extension* value:CodeableConcept component:MeasureReport.group.stratifier.stratum.component* population:MeasureReport.group.stratifier.stratum.population* measureScore:Quantity",
  "MeasureReport.group.stratifier.stratum.component":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept value:CodeableConcept",
  "MeasureReport.group.stratifier.stratum.population":
    "id:string@ extension:Extension* modifierExtension:Extension* code:CodeableConcept count:integer subjectResults:Reference",
  Meta: "id:string@ extension:Extension* versionId:id lastUpdated:instant source:uri profile:canonical* security:Coding* tag:Coding* project:uri author:Reference onBehalfOf:Reference account:Reference accounts:Reference* compartment:Reference* deleted:boolean",
  Money: "id:string@ extension:Extension* value:decimal currency:code",
  OperationOutcome:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* issue:OperationOutcome.issue*",
  "OperationOutcome.issue":
    "id:string@ extension:Extension* modifierExtension:Extension* severity:code code:code details:CodeableConcept diagnostics:string location:string* expression:string*",
  Organization:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* active:boolean type:CodeableConcept* name:string alias:string* telecom:ContactPoint* address:Address* partOf:Reference contact:Organization.contact* endpoint:Reference*",
  "Organization.contact":
    "id:string@ extension:Extension* modifierExtension:Extension* purpose:CodeableConcept name:HumanName telecom:ContactPoint* address:Address",
  OrganizationAffiliation:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* active:boolean period:Period organization:Reference participatingOrganization:Reference network:Reference* code:CodeableConcept* specialty:CodeableConcept* location:Reference* healthcareService:Reference* telecom:ContactPoint* endpoint:Reference*",
  ParameterDefinition:
    "id:string@ extension:Extension* name:code use:code min:integer max:string documentation:string type:code profile:canonical",
  Parameters: "id:string meta:Meta implicitRules:uri language:code parameter:Parameters.parameter*",
  "Parameters.parameter":
    "id:string@ extension:Extension* modifierExtension:Extension* name:string valueBase64Binary:base64Binary valueBoolean:boolean valueCanonical:canonical valueCode:code valueDate:date valueDateTime:dateTime valueDecimal:decimal valueId:id valueInstant:instant valueInteger:integer valueMarkdown:markdown valueOid:oid valuePositiveInt:positiveInt valueString:string valueTime:time valueUnsignedInt:unsignedInt valueUri:uri valueUrl:url valueUuid:uuid valueAddress:Address valueAge:Age valueAnnotation:Annotation valueAttachment:Attachment valueCodeableConcept:CodeableConcept valueCoding:Coding valueContactPoint:ContactPoint valueCount:Count valueDistance:Distance valueDuration:Duration valueHumanName:HumanName valueIdentifier:Identifier valueMoney:Money valuePeriod:Period valueQuantity:Quantity valueRange:Range valueRatio:Ratio valueReference:Reference valueSampledData:SampledData valueSignature:Signature valueTiming:Timing valueContactDetail:ContactDetail valueContributor:Contributor valueDataRequirement:DataRequirement valueExpression:Expression valueParameterDefinition:ParameterDefinition valueRelatedArtifact:RelatedArtifact valueTriggerDefinition:TriggerDefinition valueUsageContext:UsageContext valueDosage:Dosage valueMeta:Meta resource:Resource part:Parameters.parameter*",
  Period: "id:string@ extension:Extension* start:dateTime end:dateTime",
  Practitioner:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* active:boolean name:HumanName* telecom:ContactPoint* address:Address* gender:code birthDate:date photo:Attachment* qualification:Practitioner.qualification* communication:CodeableConcept*",
  "Practitioner.qualification":
    "id:string@ extension:Extension* modifierExtension:Extension* identifier:Identifier* code:CodeableConcept period:Period issuer:Reference",
  PractitionerRole:
    "id:string meta:Meta implicitRules:uri language:code text:Narrative contained:Resource* extension:Extension* modifierExtension:Extension* identifier:Identifier* active:boolean period:Period practitioner:Reference organization:Reference code:CodeableConcept* specialty:CodeableConcept* location:Reference* healthcareService:Reference* telecom:ContactPoint* availableTime:PractitionerRole.availableTime* notAvailable:PractitionerRole.notAvailable* availabilityExceptions:string endpoint:Reference*",
  "PractitionerRole.availableTime":
    "id:string@ extension:Extension* modifierExtension:Extension* daysOfWeek:code* allDay:boolean availableStartTime:time availableEndTime:time",
  "PractitionerRole.notAvailable":
    "id:string@ extension:Extension* modifierExtension:Extension* description:string during:Period",
  Quantity: "id:string@ extension:Extension* value:decimal comparator:code unit:string system:uri code:code",
  Range: "id:string@ extension:Extension* low:Quantity high:Quantity",
  Ratio: "id:string@ extension:Extension* numerator:Quantity denominator:Quantity",
  Reference: "id:string@ extension:Extension* reference:string type:uri identifier:Identifier display:string",
  RelatedArtifact:
    "id:string@ extension:Extension* type:code label:string display:string citation:markdown url:url document:Attachment resource:canonical",
  SampledData:
    "id:string@ extension:Extension* origin:Quantity period:decimal factor:decimal lowerLimit:decimal upperLimit:decimal dimensions:positiveInt data:string",
  Signature:
    "id:string@ extension:Extension* type:Coding* when:instant who:Reference onBehalfOf:Reference targetFormat:code sigFormat:code data:base64Binary",
  Timing:
    "id:string@ extension:Extension* modifierExtension:Extension* event:dateTime* repeat:Timing.repeat code:CodeableConcept",
  "Timing.repeat":
    "id:string@ extension:Extension* boundsDuration:Duration boundsRange:Range boundsPeriod:Period count:positiveInt countMax:positiveInt duration:decimal durationMax:decimal durationUnit:code frequency:positiveInt frequencyMax:positiveInt period:decimal periodMax:decimal periodUnit:code dayOfWeek:code* timeOfDay:time* when:code* offset:unsignedInt",
  TriggerDefinition:
    "id:string@ extension:Extension* type:code name:string timingTiming:Timing timingReference:Reference timingDate:date timingDateTime:dateTime data:DataRequirement* condition:Expression",
  UsageContext:
    "id:string@ extension:Extension* code:Coding valueCodeableConcept:CodeableConcept valueQuantity:Quantity valueRange:Range valueReference:Reference",
};
