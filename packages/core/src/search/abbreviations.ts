import { wordsOf } from "./fold.ts";

/** What people and their papers shorten, and what it stands for, in words of the vocabulary. */
// A table.
// oxfmt-ignore
const ABBREVIATIONS: Record<string, string> = {
  mi: "heart attack", cad: "coronary artery disease", chf: "heart failure", ccf: "heart failure", af: "atrial fibrillation",
  asd: "hole in heart", vsd: "hole in heart", pda: "congenital heart", cabg: "bypass surgery", ptca: "angioplasty",
  avr: "heart valve replacement", mvr: "heart valve replacement", dvr: "heart valve replacement", ppi: "pacemaker",
  bp: "blood pressure", htn: "high blood pressure", dm: "diabetes", dka: "diabetes", ckd: "kidney failure",
  aki: "kidney failure", arf: "kidney failure", esrd: "kidney failure", uti: "urine infection", bph: "prostate enlargement",
  turp: "prostate surgery", pcnl: "kidney stone surgery", eswl: "kidney stone", urs: "ureter stone", dj: "ureter stent",
  tb: "tuberculosis", copd: "chronic obstructive pulmonary disease", ards: "respiratory failure", ild: "interstitial lung disease",
  cva: "stroke", tia: "stroke", sdh: "subdural haematoma", edh: "extradural haematoma", tbi: "head injury", sol: "brain tumour",
  gbs: "guillain barre", gtcs: "seizure", gerd: "acid reflux", ibs: "irritable bowel", ibd: "ulcerative colitis crohn",
  gi: "stomach intestine", ercp: "bile duct stone endoscopy", pcod: "polycystic ovary", pcos: "polycystic ovary",
  lscs: "caesarean delivery", mtp: "abortion", dub: "uterine bleeding", iud: "copper t", tah: "hysterectomy", pih: "pregnancy blood pressure",
  ivf: "infertility", sti: "sexually transmitted infection", std: "sexually transmitted infection", ca: "cancer", rt: "radiotherapy",
  nhl: "lymphoma", aml: "leukaemia", cml: "leukaemia", cll: "leukaemia", all: "leukaemia", mds: "bone marrow", itp: "low platelets",
  ra: "rheumatoid arthritis", oa: "osteoarthritis", sle: "lupus", avn: "hip avascular necrosis", acl: "knee ligament", pcl: "knee ligament",
  orif: "fracture fixation", tkr: "knee replacement", thr: "hip replacement", rta: "road accident", crif: "fracture fixation",
  csom: "ear discharge", dns: "deviated nasal septum", fess: "sinus surgery", snhl: "hearing loss", iol: "cataract", rop: "retina newborn",
  ocd: "obsessive compulsive", adhd: "hyperactive child", sam: "malnutrition child", pem: "malnutrition child",
  nicu: "newborn intensive care", sncu: "newborn intensive care", tof: "hole in heart child", dvt: "vein clot leg", bka: "amputation", aka: "amputation",
};

/** Abbreviations that are ordinary words too: only these capital letters mean the thing. */
const ONLY_CAPITALS = new Set(["all", "sam", "sol", "dub", "dj", "af", "ca", "ra", "oa", "dm", "rt", "aka"]);

/** In the papers of cancer wards "CT for ..." is chemotherapy, elsewhere CT is a scan. */
const CHEMOTHERAPY = /\bCT for\b/i;

/** The words behind the abbreviations of a text, as far as they are known; each with what was typed. */
export function spellOut(text: string): { typed: string; words: string[] }[] {
  const chemotherapy = CHEMOTHERAPY.test(text) ? [{ typed: "CT", words: ["chemotherapy", "cancer"] }] : [];
  const short = [...text.matchAll(/(?<![\p{L}\p{M}])\p{L}{2,5}(?![\p{L}\p{M}])/gu)].flatMap(([typed]) => {
    const key = typed.toLowerCase();
    const words = ABBREVIATIONS[key];
    if (words === undefined || (ONLY_CAPITALS.has(key) && typed !== typed.toUpperCase())) return [];
    return [{ typed, words: wordsOf(words) }];
  });
  return [...chemotherapy, ...short];
}
