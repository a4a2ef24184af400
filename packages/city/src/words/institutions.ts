import type { SpecialtyId } from "@ihims/core/vocabulary/schema.ts";
import { word, type Word } from "./words.ts";

/** Compounds that no hospital is called by, as far as we know: made from the city's clouds, river and swans. */
export const HOSPITAL_STEMS: readonly Word[] = [
  word("Hansadhara", "हंसधारा"),
  word("Megharekha", "मेघरेखा"),
  word("Chandrikatir", "चंद्रिकातीर"),
  word("Neelparna", "नीलपर्ण"),
  word("Suvarnamegh", "सुवर्णमेघ"),
  word("Amrutparna", "अमृतपर्ण"),
  word("Devtaru", "देवतरु", "देवतरू"),
  word("Sanjtara", "साँझतारा", "सांजतारा"),
  word("Pahatdeep", "पहाटदीप"),
  word("Kshitijdhara", "क्षितिजधारा"),
  word("Rutugandh", "ऋतुगंध"),
  word("Vrikshavalli", "वृक्षवल्ली"),
  word("Taruchhaya", "तरुछाया", "तरुछाया"),
  word("Sagarmegh", "सागरमेघ"),
  word("Meghpallavi", "मेघपल्लवी"),
  word("Jeevanmegh", "जीवनमेघ"),
  word("Arogyaparna", "आरोग्यपर्ण"),
  word("Prabhatmegh", "प्रभातमेघ"),
  word("Hansakiran", "हंसकिरण"),
  word("Swasthyamegh", "स्वास्थ्यमेघ"),
  word("Meghmalhari", "मेघमल्हारी"),
  word("Chandrahansa", "चंद्रहंसा"),
  word("Dharanimegh", "धरणीमेघ"),
  word("Vanamegh", "वनमेघ"),
  word("Hansavihar", "हंसविहार"),
  word("Navamegha", "नवमेघा"),
  word("Meghchhaya", "मेघछाया"),
  word("Kamalmegh", "कमलमेघ", "कमळमेघ"),
  word("Tejomegh", "तेजोमेघ"),
  word("Meghsanjeevan", "मेघसंजीवन"),
  word("Udaymegh", "उदयमेघ"),
  word("Hansaprabha", "हंसप्रभा"),
  word("Meghanadi", "मेघानदी"),
  word("Parnakuti", "पर्णकुटी"),
];

export const MEDICAL_COLLEGE = word(
  "Government Medical College and Hospital, {0}",
  "शासकीय चिकित्सा महाविद्यालय एवं अस्पताल, {0}",
  "शासकीय वैद्यकीय महाविद्यालय व रुग्णालय, {0}",
);
export const CIVIL_HOSPITAL = word("{0} Civil Hospital", "{0} ज़िला अस्पताल", "{0} जिल्हा रुग्णालय");
export const MUNICIPAL_HOSPITAL = word(
  "{0} Municipal General Hospital",
  "{0} महानगरपालिका सामान्य अस्पताल",
  "{0} महानगरपालिका सर्वसाधारण रुग्णालय",
);
export const TRUST_COLLEGE = word(
  "{0} Memorial Medical College and Hospital",
  "{0} स्मृति चिकित्सा महाविद्यालय एवं अस्पताल",
  "{0} स्मृती वैद्यकीय महाविद्यालय व रुग्णालय",
);
export const MISSION_HOSPITAL = word(
  "Saint Aurelian Mission Hospital",
  "सेंट ऑरेलियन मिशन अस्पताल",
  "सेंट ऑरेलियन मिशन रुग्णालय",
);
export const TRUST_HOSPITAL = word("{0} Memorial Hospital", "{0} स्मृति अस्पताल", "{0} स्मृती रुग्णालय");
export const PRIVATE_HOSPITALS: readonly Word[] = [
  word("{0} Hospital", "{0} हॉस्पिटल"),
  word("{0} Multispeciality Hospital", "{0} मल्टीस्पेशलिटी हॉस्पिटल"),
  word("{0} Hospital and Research Centre", "{0} अस्पताल एवं अनुसंधान केंद्र", "{0} रुग्णालय व संशोधन केंद्र"),
];
export const NURSING_HOME = word("{0} Nursing Home", "{0} नर्सिंग होम");
export const MATERNITY_HOME = word("{0} Maternity Home", "{0} प्रसूति गृह", "{0} प्रसूतिगृह");
export const CHILDRENS_HOSPITAL = word("{0} Children's Hospital", "{0} बाल चिकित्सालय", "{0} बाल रुग्णालय");
export const EYE_HOSPITAL = word("{0} Eye Hospital", "{0} नेत्र चिकित्सालय", "{0} नेत्र रुग्णालय");

/** What a doctor's clinic calls itself, with the specialty that it says by it; `{0}` is the family name. */
export const CLINICS: readonly { name: Word; specialty: SpecialtyId; weight: number }[] = [
  {
    name: word("Dr. {0}'s Clinic", "डॉ. {0} क्लिनिक", "डॉ. {0} यांचा दवाखाना"),
    specialty: "family-medicine",
    weight: 8,
  },
  {
    name: word("Dr. {0} Family Clinic", "डॉ. {0} फ़ैमिली क्लिनिक", "डॉ. {0} फॅमिली क्लिनिक"),
    specialty: "family-medicine",
    weight: 6,
  },
  {
    name: word("{0} Polyclinic", "{0} पॉलीक्लिनिक", "{0} पॉलिक्लिनिक"),
    specialty: "general-medicine",
    weight: 4,
  },
  {
    name: word("Dr. {0} Children's Clinic", "डॉ. {0} बाल चिकित्सा क्लिनिक", "डॉ. {0} बालरोग क्लिनिक"),
    specialty: "paediatrics",
    weight: 4,
  },
  {
    name: word("Dr. {0} Women's Clinic", "डॉ. {0} स्त्री रोग क्लिनिक", "डॉ. {0} स्त्रीरोग क्लिनिक"),
    specialty: "obstetrics-gynaecology",
    weight: 4,
  },
  {
    name: word("Dr. {0} Skin Clinic", "डॉ. {0} त्वचा रोग क्लिनिक", "डॉ. {0} त्वचारोग क्लिनिक"),
    specialty: "dermatology",
    weight: 3,
  },
  {
    name: word("Dr. {0} ENT Clinic", "डॉ. {0} कान-नाक-गला क्लिनिक", "डॉ. {0} कान-नाक-घसा क्लिनिक"),
    specialty: "ent",
    weight: 2,
  },
  { name: word("Dr. {0} Eye Clinic", "डॉ. {0} नेत्र क्लिनिक"), specialty: "ophthalmology", weight: 2 },
  {
    name: word("Dr. {0} Bone and Joint Clinic", "डॉ. {0} अस्थि रोग क्लिनिक", "डॉ. {0} अस्थिरोग क्लिनिक"),
    specialty: "orthopaedics",
    weight: 3,
  },
  {
    name: word("Dr. {0} Heart Clinic", "डॉ. {0} हृदय रोग क्लिनिक", "डॉ. {0} हृदयरोग क्लिनिक"),
    specialty: "cardiology",
    weight: 2,
  },
  { name: word("Dr. {0} Diabetes Clinic", "डॉ. {0} मधुमेह क्लिनिक"), specialty: "diabetology", weight: 2 },
  {
    name: word("Dr. {0} Chest Clinic", "डॉ. {0} छाती रोग क्लिनिक", "डॉ. {0} छातीरोग क्लिनिक"),
    specialty: "pulmonology",
    weight: 1,
  },
];

export const PHARMACY_STEMS: readonly Word[] = [
  word("Sanjeevani", "संजीवनी"),
  word("Dhanvantari", "धन्वंतरि", "धन्वंतरी"),
  word("Ashwini", "अश्विनी"),
  word("Shri Ganesh", "श्री गणेश"),
  word("Mahalaxmi", "महालक्ष्मी"),
  word("Shri Sai", "श्री साई"),
  word("Bhagyashri", "भाग्यश्री"),
  word("Vijay", "विजय"),
  word("Prakash", "प्रकाश"),
  word("Navjeevan", "नवजीवन"),
  word("Arogya", "आरोग्य"),
  word("Amrut", "अमृत"),
  word("Gayatri", "गायत्री"),
  word("Mauli", "माउली"),
  word("Renuka", "रेणुका"),
  word("Tuljai", "तुलजाई", "तुळजाई"),
  word("Samarth", "समर्थ"),
  word("Omkar", "ओंकार"),
  word("Madina", "मदीना"),
  word("Noor", "नूर"),
  word("Al Shifa", "अल शिफ़ा", "अल शिफा"),
  word("Saint Thomas", "सेंट थॉमस"),
  word("Guru Nanak", "गुरु नानक", "गुरू नानक"),
  word("Mahavir", "महावीर"),
  word("Buddha Vihar", "बुद्ध विहार"),
  word("Shivshakti", "शिवशक्ति", "शिवशक्ती"),
  word("Krishna", "कृष्ण", "कृष्णा"),
  word("Radha", "राधा"),
  word("Chandrika", "चंद्रिका"),
  word("Hansa", "हंस"),
  word("Janata", "जनता"),
  word("Lokmitra", "लोकमित्र"),
  word("Suyash", "सुयश"),
  word("Matoshri", "मातोश्री"),
  word("Sahyog", "सहयोग"),
  word("New Era", "न्यू एरा"),
  word("City", "सिटी"),
  word("Life Line", "लाइफ़ लाइन", "लाईफ लाईन"),
  word("Care", "केयर", "केअर"),
  word("Apna", "अपना", "आपले"),
];
export const PHARMACIES: readonly Word[] = [
  word("{0} Medical", "{0} मेडिकल"),
  word("{0} Medical Stores", "{0} मेडिकल स्टोर्स", "{0} मेडिकल स्टोअर्स"),
  word("{0} Medico", "{0} मेडिको"),
  word("{0} Pharmacy", "{0} फ़ार्मेसी", "{0} फार्मसी"),
  word("{0} Chemists", "{0} केमिस्ट्स"),
  word("{0} Generic Medicines", "{0} जेनेरिक दवाइयाँ", "{0} जेनेरिक औषधे"),
  word("{0} Aushadhalaya", "{0} औषधालय"),
];
/** A second shop of the same name says where it is. */
export const BRANCH = word("{0}, {1}", "{0}, {1}");

export const HOSPITAL_BLOOD_BANK = word("{0} Blood Centre", "{0} रक्त केंद्र", "{0} रक्तकेंद्र");
export const BLOOD_BANK = word("{0} Blood Bank", "{0} ब्लड बैंक", "{0} रक्तपेढी");
