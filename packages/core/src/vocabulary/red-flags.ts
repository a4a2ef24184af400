/** A sign that somebody is in danger now. */
// oxfmt-ignore
export type RedFlagId =
  | "heart" | "stroke" | "breathing" | "choking" | "unconscious" | "fit" | "bleeding" | "poison" | "snake" | "animal-bite"
  | "burn" | "electric" | "drowning" | "head-injury" | "accident" | "pregnancy" | "labour" | "infant" | "suicide"
  | "allergy" | "testicle" | "eye" | "abdomen" | "brain-fever" | "heat" | "dehydration" | "swallowed" | "urine";

/**
 * One way in which people write of a sign: the sign, then groups of words that all have to be in the
 * text. A group is its phrases with `|` between them; in a phrase up to two other words may stand
 * between its own, and `*` stands for any ending. A group with `!` before it must not be there:
 * a look-alike. Phrases that are denied do not count.
 */
export type FlagPattern = readonly [RedFlagId, ...string[]];

/** What tells of something over, of somebody who only asks, or of now; phrases as in a group. */
export interface CalmWords {
  /** It was then: counts in the clause that it stands in. */
  history: string;
  /** Asked about, not happening: counts in its sentence. */
  asking: string;
  /** It is now, whatever else is told. */
  now: string;
}

export const CALM: Record<"en" | "hi" | "mr", CalmWords> = {
  en: {
    history:
      "last year | last month | last week | year* ago | year* back | month* ago | month* back | week* ago | week* back | had history of | in childhood | as a child | in 20* | in 19* | recovered from | survived | died of | died from | passed away | long ago | when i was",
    asking:
      "what is a | what is an | what does | meaning of | how to prevent | prevent* | cause of | causes of | can cause | risk of | risk factor* | insurance | policy | scheme for | covered under | physiotherapy | physio | rehab* | rehabilitation | follow up | followup | checkup | check up | certificate | course | training | class | classes | lecture | awareness | article | project | essay | film | movie | vaccine schedule | vaccination schedule | schedule | dose date | booster | difference between | afraid of | fear of | scared of | phobia | in my dream | cost of | price of | donate | disability | screening | leave letter | for my exam | survivor* | museum | research | statistics | scar | scars | counselling after | speech therapy | recovery | recover* | school project | class on | treated last | side effect* | how common | medicine for life",
    now: "now | right now | just now | sudden* | again | today | this morning | tonight | help | emergency | urgent* | immediately | minutes ago | minute ago | hour ago | hours ago | hours | minutes | is bleeding | not responding | since morning | what to do | what should",
  },
  hi: {
    history:
      "साल पहले | महीने पहले | हफ्ते पहले | पिछले साल | पिछले महीने | पिछले हफ्ते | बचपन में | पहले हुआ था | पहले हो चुका | हो चुका था | ठीक हो ग* | गुजर ग* | देहांत | मृत्यु हो | बरस पहले",
    asking:
      "क्या होता है | क्या है | किसे कहते | मतलब | बचाव | बचने के | रोकथाम | कारण क्या | क्यों होता | क्यों होती | बीमा | इंश्योरेंस | योजना | फिजियोथेरेपी | फिजियो | पुनर्वास | फॉलोअप | जांच करानी | चेकअप | सर्टिफिकेट | प्रमाणपत्र | कोर्स | ट्रेनिंग | प्रशिक्षण | कक्षा | जागरूकता | लेख | निबंध | फिल्म | टीके का शेड्यूल | टीके की तारीख | टीका कब | शेड्यूल | अगला डोज | अगली डोज | अगली खुराक | बूस्टर | अंतर | से डर | का डर | डर लगता | सपने में | सपना | खर्च | कीमत | दान | विकलांग* | स्क्रीनिंग | परीक्षा | निशान | दाग | स्पीच थेरेपी | पर जानकारी | की जानकारी | के बारे में | आंकड़े | खतरा कितना | साइड इफेक्ट",
    now: "अभी | अचानक | फिर से | दोबारा | आज | तुरंत | जल्दी | इमरजेंसी | बचाओ | मदद | सुबह से | घंटे | मिनट | होश नहीं | क्या करें | क्या करूं | इलाज | प्राथमिक उपचार",
  },
  mr: {
    history:
      "वर्षापूर्वी | वर्षांपूर्वी | महिन्यापूर्वी | महिन्यांपूर्वी | आठवड्यापूर्वी | गेल्या वर्षी | मागच्या वर्षी | गेल्या महिन्यात | मागच्या महिन्यात | गेल्या आठवड्यात | मागच्या आठवड्यात | लहानपणी | पूर्वी | होऊन गेला | होऊन गेले | बरा झाला | बरे झाले | बरी झाली | वारले | वारली | निधन",
    asking:
      "म्हणजे काय | काय असतो | काय असते | अर्थ | प्रतिबंध | टाळण्यासाठी | टाळावा | टाळावे | कारणे | का होतो | का होते | विमा | इन्शुरन्स | योजना | फिजिओथेरपी | फिजिओ | पुनर्वसन | फॉलोअप | तपासणी करायची | चेकअप | सर्टिफिकेट | प्रमाणपत्र | कोर्स | ट्रेनिंग | प्रशिक्षण | वर्ग | जनजागृती | लेख | निबंध | चित्रपट | लसीचे वेळापत्रक | लसीचा | लसीची | वेळापत्रक | पुढचा डोस | पुढील डोस | बूस्टर | फरक | ची भीती | ची भिती | भीती वाटते | स्वप्नात | स्वप्न | खर्च | किंमत | दान | अपंग* | स्क्रीनिंग | परीक्षा | व्रण | डाग | स्पीच थेरपी | माहिती | बद्दल | विषयी | आकडेवारी | दुष्परिणाम",
    now: "आत्ता | आता | अचानक | पुन्हा | परत | आज | लगेच | ताबडतोब | तातडीने | इमर्जन्सी | वाचवा | मदत | सकाळपासून | तास | तासां* | मिनिटे | मिनिटां* | काय करावे | काय करू | प्रथमोपचार",
  },
};

/** Words that deny what they stand beside: before it in English, after it in Hindi and Marathi. */
export const NEGATION = {
  before:
    "no not without never denies denied nor isnt doesnt dont hasnt havent didnt arent wasnt nothing neither",
  beforeFillers:
    "any a an the other real more such have having had has been there was is feel feeling got get sign signs of symptoms symptom severe his her my your in to like heavy major serious actual",
  after: "नहीं नही नाही नाहीत नाहीये नाहिये नव्हता नव्हती नव्हते बिना विना शिवाय nahi nahin nahiye",
  afterFillers:
    "है हैं था थी भी तो बिल्कुल हो रहा रही रहे के की का आहे होत होता मुळीच अजिबात कुछ कोई काही आता अभी hai bhi ho raha rahi ke",
} as const;
