import type { Language } from "../languages.ts";

/** Which of the fixed lists a term belongs to. */
export type TermKind = "bed" | "service" | "kind" | "scheme" | "open";

/** Something of a fixed list that people ask for by name. The first word of each language is its name there. */
export interface Term {
  kind: TermKind;
  /** Bed type, slug of a service, facility kind, slug of a scheme; `now` for `open`. */
  id: string;
  words: Readonly<Record<Language, readonly string[]>>;
}

function term(kind: TermKind, id: string, en: string, hi: string, mr: string): Term {
  const words = (text: string) => text.split(",").map((word) => word.trim());
  return { kind, id, words: { en: words(en), hi: words(hi), mr: words(mr) } };
}

// Tables: a term stays on one line, its words side by side.
// oxfmt-ignore
const BEDS: readonly Term[] = [
  term("bed", "general", "general bed, ward bed, normal bed, free bed, bed available", "सामान्य बेड, जनरल बेड, खाली बेड, बेड खाली", "सामान्य खाट, जनरल बेड, रिकामी खाट, बेड उपलब्ध"),
  term("bed", "icu", "ICU bed, ICU, intensive care, intensive care unit, critical care bed", "आईसीयू बेड, आईसीयू, आयसीयू, गहन चिकित्सा", "आयसीयू खाट, आयसीयू, आईसीयू, अतिदक्षता विभाग, अतिदक्षता"),
  term("bed", "hdu", "HDU bed, HDU, high dependency unit", "एचडीयू बेड, एचडीयू", "एचडीयू खाट, एचडीयू"),
  term("bed", "ventilator", "ventilator bed, ventilator, ventilators, breathing machine", "वेंटिलेटर बेड, वेंटिलेटर, सांस की मशीन", "व्हेंटिलेटर खाट, व्हेंटिलेटर, व्हेन्टिलेटर"),
  term("bed", "nicu", "NICU bed, NICU, newborn ICU, neonatal ICU, newborn intensive care, incubator", "एनआईसीयू बेड, एनआईसीयू, नवजात आईसीयू, काँच की पेटी", "एनआयसीयू खाट, एनआयसीयू, नवजात अतिदक्षता, काचेची पेटी"),
  term("bed", "picu", "PICU bed, PICU, children's ICU, paediatric ICU, child ICU", "पीआईसीयू बेड, पीआईसीयू, बच्चों का आईसीयू", "पीआयसीयू खाट, पीआयसीयू, मुलांचे आयसीयू"),
  term("bed", "isolation", "isolation bed, isolation ward", "आइसोलेशन बेड, आइसोलेशन वार्ड", "विलगीकरण खाट, विलगीकरण कक्ष, आयसोलेशन"),
  term("bed", "negative-pressure", "negative pressure bed, negative pressure room", "नेगेटिव प्रेशर बेड", "निगेटिव्ह प्रेशर खाट"),
  term("bed", "burns", "burns bed, burns ward bed", "बर्न्स बेड, जले हुए का वार्ड", "भाजलेल्यांची खाट, बर्न्स बेड"),
  term("bed", "oxygen", "oxygen bed, bed with oxygen, oxygen beds", "ऑक्सीजन बेड, ऑक्सीजन वाला बेड", "ऑक्सिजन खाट, ऑक्सिजन बेड"),
  term("bed", "maternity", "maternity bed, maternity ward", "प्रसूति बेड, मैटरनिटी बेड", "प्रसूती खाट, मॅटर्निटी बेड"),
  term("bed", "labour", "labour room bed, delivery bed", "लेबर रूम बेड, प्रसव कक्ष", "प्रसूतिगृह खाट, लेबर रूम"),
  term("bed", "paediatric", "children's bed, paediatric bed, child bed", "बच्चों का बेड, बाल रोग बेड", "मुलांची खाट, बालरोग खाट"),
  term("bed", "psychiatric", "psychiatric bed, psychiatry ward", "मनोरोग बेड", "मनोरुग्ण खाट"),
];

// oxfmt-ignore
// What a specialty does by itself (physiotherapy, chemotherapy) is found by the specialty.
const SERVICES: readonly Term[] = [
  term("service", "dialysis", "dialysis, haemodialysis, hemodialysis, dialysis centre, kidney washing", "डायलिसिस, डायलेसिस, गुर्दे की धुलाई", "डायलिसिस, डायलेसिस, रक्तशुद्धीकरण"),
  term("service", "mri", "MRI, MRI scan", "एमआरआई, एमआरआई स्कैन", "एमआरआय, एमआरआय स्कॅन"),
  term("service", "ct-scan", "CT scan, CT, CAT scan, HRCT", "सीटी स्कैन, सीटी", "सीटी स्कॅन, सीटी"),
  term("service", "x-ray", "X-ray, xray, x ray", "एक्स-रे, एक्सरे", "एक्स-रे, क्ष-किरण, एक्सरे"),
  term("service", "ultrasound", "ultrasound, sonography, USG, sonography centre", "अल्ट्रासाउंड, सोनोग्राफी", "सोनोग्राफी, अल्ट्रासाऊंड"),
  term("service", "cath-lab", "cath lab, angiography, angiography centre", "कैथ लैब, एंजियोग्राफी", "कॅथ लॅब, अँजिओग्राफी"),
  term("service", "endoscopy", "endoscopy, gastroscopy, colonoscopy", "एंडोस्कोपी, कोलोनोस्कोपी", "एंडोस्कोपी, कोलोनोस्कोपी"),
  term("service", "burns-unit", "burns unit, burn unit, burns ward", "बर्न यूनिट, जले का वार्ड", "बर्न्स युनिट, भाजलेल्यांचा विभाग"),
  term("service", "stroke-unit", "stroke unit, stroke centre", "स्ट्रोक यूनिट", "स्ट्रोक युनिट, पक्षाघात विभाग"),
  term("service", "trauma-centre", "trauma centre, trauma center, accident hospital", "ट्रॉमा सेंटर, ट्रामा सेंटर", "ट्रॉमा सेंटर, अपघात रुग्णालय"),
  term("service", "antivenom", "antivenom, anti snake venom, ASV, snake bite injection", "एंटीवेनम, सांप के जहर का इंजेक्शन", "सर्पदंशाची लस, अँटीव्हेनम"),
  term("service", "anti-rabies-vaccine", "rabies vaccine, anti rabies vaccine, ARV, dog bite injection", "रेबीज का टीका, एंटी रेबीज, कुत्ते का इंजेक्शन", "रेबीज लस, अँटी रेबीज, कुत्र्याचे इंजेक्शन"),
  term("service", "vaccination", "vaccination, vaccine, immunisation, immunization", "टीकाकरण, टीका, वैक्सीन", "लसीकरण, लस"),
  term("service", "laboratory", "laboratory, blood test, pathology lab, lab test, diagnostic lab", "प्रयोगशाला, खून की जांच, पैथोलॉजी लैब", "प्रयोगशाळा, रक्त तपासणी, पॅथॉलॉजी लॅब"),
  term("service", "pet-ct", "PET scan, PET CT", "पेट स्कैन, पेट सीटी", "पेट स्कॅन"),
  term("service", "echo", "2D echo, echocardiography, echo test", "टूडी इको, इकोकार्डियोग्राफी", "टूडी इको, इकोकार्डिओग्राफी"),
  term("service", "eeg", "EEG, EEG test", "ईईजी", "ईईजी"),
  term("service", "emergency", "emergency department, emergency, casualty, emergency ward, emergency room", "आपातकालीन विभाग, इमरजेंसी, कैजुअल्टी, आपातकाल", "आपत्कालीन विभाग, इमर्जन्सी, कॅज्युअल्टी, अपघात विभाग"),
];

// oxfmt-ignore
const KINDS: readonly Term[] = [
  term("kind", "hospital", "hospital, hospitals", "अस्पताल, हॉस्पिटल", "रुग्णालय, हॉस्पिटल, इस्पितळ"),
  term("kind", "clinic", "clinic, clinics, dispensary doctor", "क्लिनिक, दवाख़ाना", "क्लिनिक, दवाखाना"),
  term("kind", "health-centre", "health centre, health center, PHC, primary health centre", "स्वास्थ्य केंद्र, प्राथमिक स्वास्थ्य केंद्र", "आरोग्य केंद्र, प्राथमिक आरोग्य केंद्र"),
  term("kind", "pharmacy", "pharmacy, chemist, medical shop, medical store, drug store, medicine shop", "दवा की दुकान, मेडिकल स्टोर, केमिस्ट, फार्मेसी", "औषधाचे दुकान, मेडिकल, औषध दुकान, केमिस्ट, फार्मसी"),
  term("kind", "blood-bank", "blood bank, blood banks, blood centre", "ब्लड बैंक, रक्त बैंक, रक्तकोष", "रक्तपेढी, ब्लड बँक"),
  term("kind", "diagnostic-laboratory", "diagnostic laboratory, pathology laboratory", "पैथोलॉजी, डायग्नोस्टिक लैब", "पॅथॉलॉजी, निदान प्रयोगशाळा"),
  term("kind", "imaging-centre", "imaging centre, scan centre", "स्कैन सेंटर", "स्कॅन सेंटर"),
  term("kind", "maternity-home", "maternity home, maternity hospital", "प्रसूति गृह, मैटरनिटी होम", "प्रसूतिगृह, मॅटर्निटी होम"),
  term("kind", "vaccination-centre", "vaccination centre, vaccination center", "टीकाकरण केंद्र", "लसीकरण केंद्र"),
  term("kind", "ambulance-service", "ambulance, ambulance service", "एम्बुलेंस, एंबुलेंस", "रुग्णवाहिका, ॲम्ब्युलन्स"),
  term("kind", "hospice", "hospice", "हॉस्पिस, धर्मशाला अस्पताल", "हॉस्पिस"),
  term("kind", "ayush", "ayush centre, ayush hospital", "आयुष केंद्र", "आयुष केंद्र"),
];

/** Names of schemes by which people ask for a place; what each covers is not said here. */
// oxfmt-ignore
const SCHEMES: readonly Term[] = [
  term("scheme", "pm-jay", "PM-JAY, PMJAY, Ayushman Bharat, Ayushman card, Ayushman, golden card", "पीएम-जय, आयुष्मान भारत, आयुष्मान कार्ड, आयुष्मान, गोल्डन कार्ड", "पीएम-जय, आयुष्मान भारत, आयुष्मान कार्ड, आयुष्मान, गोल्डन कार्ड"),
  term("scheme", "mjpjay", "MJPJAY, Mahatma Phule scheme, Phule yojana, Jan Arogya Yojana, Jeevandayee", "महात्मा फुले योजना, जन आरोग्य योजना, जीवनदायी", "महात्मा फुले योजना, महात्मा फुले जन आरोग्य योजना, जीवनदायी, जन आरोग्य योजना"),
  term("scheme", "cghs", "CGHS, central government health scheme", "सीजीएचएस, केंद्र सरकार स्वास्थ्य योजना", "सीजीएचएस, केंद्र सरकार आरोग्य योजना"),
  term("scheme", "esic", "ESIC, ESI, ESI card", "ईएसआईसी, ईएसआई", "ईएसआयसी, ईएसआय, कामगार विमा"),
  term("scheme", "echs", "ECHS, ex-servicemen health scheme", "ईसीएचएस, भूतपूर्व सैनिक योजना", "ईसीएचएस, माजी सैनिक योजना"),
  term("scheme", "mediclaim-cashless", "cashless mediclaim, mediclaim, cashless, health insurance", "कैशलेस मेडिक्लेम, मेडिक्लेम, कैशलेस, स्वास्थ्य बीमा", "कॅशलेस मेडिक्लेम, मेडिक्लेम, कॅशलेस, आरोग्य विमा"),
];

// oxfmt-ignore
const OPEN: readonly Term[] = [
  term("open", "now", "open now, open, open today, 24 hours, 24x7, round the clock, right now", "अभी खुला, खुला है, खुला, अभी खुले, चौबीस घंटे", "आता उघडे, उघडे, सुरू आहे, चोवीस तास"),
];

/** What is looked for by what it treats, and so has a name here and no place among the terms. */
// oxfmt-ignore
export const NAMED_ONLY: readonly Term[] = [
  term("bed", "emergency", "emergency bed", "आपातकालीन बेड", "आपत्कालीन खाट"),
  term("bed", "dialysis", "dialysis station", "डायलिसिस बेड", "डायलिसिस खाट"),
  term("bed", "operating-theatre", "operating theatre", "ऑपरेशन थिएटर", "शस्त्रक्रियागृह"),
  term("bed", "day-care", "day care bed", "डे केयर बेड", "डे केअर खाट"),
  term("service", "blood-bank", "blood bank", "ब्लड बैंक", "रक्तपेढी"),
  term("service", "radiotherapy", "radiotherapy", "रेडियोथेरेपी", "रेडिओथेरपी"),
  term("service", "chemotherapy", "chemotherapy", "कीमोथेरेपी", "केमोथेरपी"),
  term("service", "physiotherapy", "physiotherapy", "फिजियोथेरेपी", "फिजिओथेरपी"),
  term("service", "operating-theatre", "operating theatre", "ऑपरेशन थिएटर", "शस्त्रक्रियागृह"),
  term("service", "labour-room", "labour room", "प्रसव कक्ष", "प्रसूती कक्ष"),
  term("service", "icu", "intensive care", "गहन चिकित्सा", "अतिदक्षता विभाग"),
  term("service", "ventilator", "ventilator", "वेंटिलेटर", "व्हेंटिलेटर"),
  term("service", "nicu", "newborn intensive care", "नवजात गहन चिकित्सा", "नवजात अतिदक्षता"),
  term("service", "picu", "children's intensive care", "बच्चों की गहन चिकित्सा", "मुलांची अतिदक्षता"),
  term("service", "hyperbaric", "hyperbaric oxygen", "हाइपरबेरिक ऑक्सीजन", "हायपरबेरिक ऑक्सिजन"),
  term("service", "lithotripsy", "lithotripsy", "लिथोट्रिप्सी", "लिथोट्रिप्सी"),
  term("service", "cardiac-surgery", "heart surgery", "हृदय शल्यक्रिया", "हृदय शस्त्रक्रिया"),
  term("service", "transplant", "transplants", "प्रत्यारोपण", "प्रत्यारोपण"),
  term("service", "sleep-laboratory", "sleep laboratory", "नींद की जांच", "झोपेची तपासणी"),
  term("service", "audiometry", "hearing test", "सुनने की जांच", "श्रवण चाचणी"),
  term("service", "pulmonary-function", "lung function test", "फेफड़ों की जांच", "फुफ्फुस चाचणी"),
  term("service", "endoscopic-ultrasound", "endoscopic ultrasound", "एंडोस्कोपिक अल्ट्रासाउंड", "एंडोस्कोपिक अल्ट्रासाऊंड"),
  term("service", "bone-densitometry", "bone density scan", "हड्डी घनत्व जांच", "हाडांची घनता तपासणी"),
  term("service", "emg", "EMG", "ईएमजी", "ईएमजी"),
  term("service", "tmt", "stress test", "स्ट्रेस टेस्ट", "स्ट्रेस टेस्ट"),
  term("service", "ivf", "IVF", "आईवीएफ", "आयव्हीएफ"),
  term("service", "rehabilitation", "rehabilitation", "पुनर्वास", "पुनर्वसन"),
  term("service", "de-addiction", "de-addiction", "नशा मुक्ति", "व्यसनमुक्ती"),
  term("service", "dental-chair", "dental chair", "दंत चिकित्सा", "दंत उपचार"),
  term("service", "eye-theatre", "eye operating theatre", "आंखों का ऑपरेशन थिएटर", "डोळ्यांचे शस्त्रक्रियागृह"),
];

/** Everything of the fixed lists, beds first: "ICU" is a bed before it is anything else. */
export const TERMS: readonly Term[] = [...BEDS, ...SERVICES, ...KINDS, ...SCHEMES, ...OPEN];

/** Words that say that a place follows, or that one came before. Glued endings of Marathi are in `GLUED`. */
export const NEAR_BEFORE: ReadonlySet<string> = new Set(
  "near around in at by nearby close to from".split(" "),
);
export const NEAR_AFTER: ReadonlySet<string> = new Set(
  "पास नजदीक करीब में इलाके आसपास जवळ जवळच मध्ये येथे येथील परिसरात परिसर भागात paas pass mein me javal jawal madhe".split(
    " ",
  ),
);
/** Links that stand between a place and the word for nearness: "कोथरूड के पास". */
export const NEAR_LINKS: ReadonlySet<string> = new Set("के की का च्या ke ki chya".split(" "));
/** Endings by which Marathi says near, in, to: कोथरूडजवळ, कोथरूडमध्ये. */
export const GLUED = /^(.{2,}?)(?:च्या)?(?:जवळ|मध्ये|मधिल|मधील|येथे|ातिल|ातील|परिसरात)$/u;
