/**
 * Generics of the ATC groups N (nervous system), M (muscles and joints), R (airways), D (skin),
 * S (eyes and ears) and V (various). Sources and columns: see generics-digestion-blood-heart.ts.
 */
export const NERVES_LUNGS_SKIN = `
paracetamol|N02BE01|otc|a|acetaminophen,PCM,para||tab 500mg,650mg,1g; syr 120mg/5ml,250mg/5ml; oral drops 100mg/ml; inj 150mg/ml; infusion 10mg/ml; suppository 80mg,170mg,250mg
ibuprofen|M01AE01|H|a|||tab 200mg,400mg,600mg; oral suspension 100mg/5ml
ibuprofen + paracetamol|M01AE51|H|a|||tab 400mg+325mg; oral suspension 100mg/5ml+162.5mg/5ml
diclofenac|M01AB05|H|a||?,sodium,potassium,diethylamine|tab ec sodium 50mg; tab sr sodium 100mg; tab potassium 50mg; inj sodium 25mg/ml,75mg/ml; gel diethylamine 1.16% @M02AA15; eye drops sodium 0.1% @S01BC03
diclofenac + paracetamol|M01AB55|H|a|||tab potassium 50mg+325mg
diclofenac + serratiopeptidase||H|b|||tab potassium 50mg+10mg
aceclofenac|M01AB16|H|a|||tab 100mg; tab sr 200mg
aceclofenac + paracetamol|M01AB55|H|a|||tab 100mg+325mg
aceclofenac + paracetamol + serratiopeptidase||H|b|||tab 100mg+325mg+15mg
aceclofenac + paracetamol + chlorzoxazone||H|b|||tab 100mg+325mg+250mg
aceclofenac + thiocolchicoside||H|b|||tab 100mg+4mg,100mg+8mg
naproxen|M01AE02|H|b||-,sodium|tab 250mg,500mg
naproxen + domperidone||H|b|||tab 250mg+10mg,500mg+10mg
ketorolac|M01AB15|H|b||-,tromethamine|tab tromethamine 10mg; inj tromethamine 30mg/ml; eye drops tromethamine 0.5% @S01BC05
indometacin|M01AB01|H|b|indomethacin||cap 25mg,50mg; cap sr 75mg
piroxicam|M01AC01|H|a|||cap 20mg; inj 20mg/ml
meloxicam|M01AC06|H|a|||tab 7.5mg,15mg
mefenamic acid|M01AG01|H|a|||tab 250mg,500mg; oral suspension 50mg/5ml
mefenamic acid + dicycloverine||H|a|||tab 250mg+10mg
etoricoxib|M01AH05|H|b|||tab 60mg,90mg,120mg
celecoxib|M01AH01|H|b|||cap 100mg,200mg
nimesulide|M01AX17|H|a|||tab 100mg
glucosamine|M01AX05|otc|b||-,sulfate,hydrochloride|tab sulfate 500mg,750mg
penicillamine|M01CC01|H|d|D-penicillamine||cap 250mg
baclofen|M03BX01|H|b|||tab 10mg,20mg
tizanidine|M03BX02|H|a||hydrochloride|tab 2mg
thiocolchicoside|M03BX05|H|b|||cap 4mg,8mg
chlorzoxazone|M03BB03|H|a|||tab 250mg,500mg
dantrolene|M03CA01|H|d||sodium|cap 25mg
suxamethonium|M03AB01|H|b|succinylcholine|chloride|inj 50mg/ml
vecuronium|M03AC03|H|c||bromide|powder for injection 4mg,10mg
atracurium|M03AC04|H|c||besilate|inj 10mg/ml
rocuronium|M03AC09|H|d||bromide|inj 10mg/ml
allopurinol|M04AA01|H|a|||tab 100mg,300mg
febuxostat|M04AA03|H|b|||tab 40mg,80mg
probenecid|M04AB01|H|b|||tab 500mg
colchicine|M04AC01|H|a|||tab 0.5mg
alendronic acid|M05BA04|H|b|alendronate|sodium|tab 10mg,35mg,70mg
risedronic acid|M05BA07|H|b|risedronate|sodium|tab 35mg,150mg
ibandronic acid|M05BA06|H|d|ibandronate|sodium|tab 150mg
zoledronic acid|M05BA08|H|f|zoledronate||inj 0.8mg/ml,0.05mg/ml
denosumab|M05BX04|H|f|||prefilled syringe 60mg
morphine|N02AA01|H1|b||sulfate|inj 10mg/ml,15mg/ml; tab 10mg,20mg; tab sr 10mg,30mg
fentanyl|N01AH01|H1|c||citrate|inj 50mcg/ml; patch 12mcg/hour,25mcg/hour,50mcg/hour @N02AB03
pentazocine|N02AD01|H1|b||lactate|inj 30mg/ml
buprenorphine|N02AE01|H1|b||hydrochloride|inj 0.3mg/ml; sublingual tablet 0.2mg,2mg @N07BC01
buprenorphine + naloxone|N07BC51|H1|b|||sublingual tablet 2mg+0.5mg,0.4mg+0.1mg
tramadol|N02AX02|H1|a||hydrochloride|cap 50mg; tab sr 100mg; inj 50mg/ml
tramadol + paracetamol|N02AJ13|H1|a|||tab 37.5mg+325mg
tapentadol|N02AX06|H1|c||hydrochloride|tab 50mg,75mg,100mg; tab sr 50mg,100mg
codeine|R05DA04|H1|b||phosphate|tab 15mg,30mg
oxycodone|N02AA05|X|c||hydrochloride|tab 5mg,10mg
methadone|N07BC02|X|c||hydrochloride|tab 5mg,10mg; oral solution 5mg/ml
pethidine|N02AB02|X|c|meperidine|hydrochloride|inj 50mg/ml
nalbuphine|N02AF02|H|c||hydrochloride|inj 10mg/ml
sumatriptan|N02CC01|H|c||succinate|tab 25mg,50mg,100mg
rizatriptan|N02CC04|H|b||benzoate|tab 5mg,10mg
flunarizine|N07CA03|H|a||hydrochloride|tab 5mg,10mg
ergotamine + caffeine|N02CA52|H|b|||tab 1mg+100mg
ketamine|N01AX03|X|b||hydrochloride|inj 10mg/ml,50mg/ml
propofol|N01AX10|H|c|||inj 10mg/ml
thiopental|N01AF03|H|b|thiopentone|sodium|powder for injection 500mg,1g
etomidate|N01AX07|H|d|||inj 2mg/ml
sevoflurane|N01AB08|H|f|||inhalation liquid -
isoflurane|N01AB06|H|f|||inhalation liquid -
halothane|N01AB01|H|e|||inhalation liquid -
nitrous oxide|N01AX13|H|c|||inhalation gas -
oxygen|V03AN01|H|c|medical oxygen||inhalation gas -
lidocaine|N01BB02|H|a|lignocaine,xylocaine|hydrochloride|inj 1%,2%; gel 2%; ointment 5%; topical spray 10%; patch 5%
lidocaine + epinephrine|N01BB52|H|a|lignocaine with adrenaline||inj 2%+1:200000
bupivacaine|N01BB01|H|b||hydrochloride|inj 0.25%,0.5%
ropivacaine|N01BB09|H|c||hydrochloride|inj 0.2%,0.75%
phenytoin|N03AB02|H|a||sodium|tab 50mg,100mg; inj 50mg/ml; oral suspension 25mg/ml
fosphenytoin|N03AB05|H|c||sodium|inj 75mg/ml
phenobarbital|N03AA02|H1|a|phenobarbitone|-,sodium|tab 30mg,60mg; inj sodium 200mg/ml
carbamazepine|N03AF01|H|a|||tab 100mg,200mg,400mg; tab cr 200mg,400mg; oral suspension 100mg/5ml
oxcarbazepine|N03AF02|H|b|||tab 150mg,300mg,600mg
valproic acid|N03AG01|H|a|valproate|-,sodium,semisodium|tab dr sodium 200mg,500mg; tab cr sodium 200mg,300mg,500mg; syr sodium 200mg/5ml; tab dr semisodium 250mg,500mg; inj sodium 100mg/ml
levetiracetam|N03AX14|H|b|||tab 250mg,500mg,750mg,1g; oral solution 100mg/ml; inj 100mg/ml
lamotrigine|N03AX09|H|b|||tab 25mg,50mg,100mg; dispersible tablet 25mg,50mg
topiramate|N03AX11|H|b|||tab 25mg,50mg,100mg
lacosamide|N03AX18|H|c|||tab 50mg,100mg,200mg
zonisamide|N03AX15|H|b|||cap 25mg,50mg,100mg
clobazam|N05BA09|H1|b|||tab 5mg,10mg
ethosuximide|N03AD01|H|c|||syr 250mg/5ml
gabapentin|N02BF01|H|b|||cap 100mg,300mg,400mg; tab 100mg,300mg
pregabalin|N02BF02|H|b|||cap 50mg,75mg,150mg; tab sr 75mg,150mg
pregabalin + methylcobalamin||H|b|||cap 75mg+750mcg,75mg+1500mcg
gabapentin + nortriptyline||H|b|||tab 400mg+10mg,300mg+10mg
levodopa + carbidopa|N04BA02|H|b|co-careldopa||tab 100mg+10mg,100mg+25mg,250mg+25mg; tab cr 200mg+50mg
trihexyphenidyl|N04AA01|H1|a|benzhexol|hydrochloride|tab 2mg
pramipexole|N04BC05|H|b||dihydrochloride|tab 0.25mg,0.5mg,1mg
ropinirole|N04BC04|H|b||hydrochloride|tab 0.25mg,0.5mg,1mg
rasagiline|N04BD02|H|b||mesilate|tab 0.5mg,1mg
amantadine|N04BB01|H|b||hydrochloride|tab 100mg
chlorpromazine|N05AA01|H|a||hydrochloride|tab 50mg,100mg; inj 25mg/ml
trifluoperazine|N05AB06|H|a||hydrochloride|tab 5mg
prochlorperazine|N05AB04|H|a||maleate|tab 5mg
fluphenazine|N05AB02|H|b||decanoate|inj depot 25mg/ml
haloperidol|N05AD01|H|a||-,decanoate|tab 1.5mg,5mg,10mg; inj 5mg/ml; inj depot decanoate 50mg/ml
clozapine|N05AH02|H|b|||tab 25mg,50mg,100mg
olanzapine|N05AH03|H|a|||tab 2.5mg,5mg,10mg; orodispersible tablet 5mg,10mg
quetiapine|N05AH04|H|b||fumarate|tab 25mg,50mg,100mg; tab sr 50mg,200mg
risperidone|N05AX08|H|a|||tab 1mg,2mg,3mg; oral solution 1mg/ml
aripiprazole|N05AX12|H|b|||tab 5mg,10mg,15mg
amisulpride|N05AL05|H|b|||tab 50mg,100mg,200mg
lithium|N05AN01|H|a||carbonate|tab 300mg; tab sr 400mg,450mg
diazepam|N05BA01|H1|a|||tab 2mg,5mg,10mg; inj 5mg/ml; suppository 5mg
lorazepam|N05BA06|H1|a|||tab 1mg,2mg; inj 2mg/ml
alprazolam|N05BA12|H1|a|||tab 0.25mg,0.5mg,1mg; tab sr 0.5mg
clonazepam|N03AE01|H1|a|||tab 0.25mg,0.5mg,1mg,2mg; orodispersible tablet 0.25mg,0.5mg
chlordiazepoxide|N05BA02|H1|a||hydrochloride|tab 10mg,25mg
midazolam|N05CD08|H1|b||-,hydrochloride,maleate|inj 1mg/ml,5mg/ml; nasal spray 1.25mg/dose
nitrazepam|N05CD02|H1|a|||tab 5mg,10mg
zolpidem|N05CF02|H1|a||tartrate|tab 5mg,10mg
zopiclone|N05CF01|H1|b|||tab 7.5mg
buspirone|N05BE01|H|a||hydrochloride|tab 5mg,10mg
hydroxyzine|N05BB01|H|a||hydrochloride|tab 10mg,25mg; syr 10mg/5ml
melatonin|N05CH01|otc|b|||tab 3mg,5mg
amitriptyline|N06AA09|H|a||hydrochloride|tab 10mg,25mg,50mg,75mg
nortriptyline|N06AA10|H|a||hydrochloride|tab 10mg,25mg
imipramine|N06AA02|H|a||hydrochloride|tab 25mg,75mg
clomipramine|N06AA04|H|b||hydrochloride|tab 25mg; tab sr 75mg
dosulepin|N06AA16|H|a|dothiepin|hydrochloride|tab 25mg,75mg
fluoxetine|N06AB03|H|a||hydrochloride|cap 10mg,20mg,40mg
sertraline|N06AB06|H|a||hydrochloride|tab 25mg,50mg,100mg
escitalopram|N06AB10|H|a||oxalate|tab 5mg,10mg,20mg
citalopram|N06AB04|H|a||hydrobromide|tab 10mg,20mg
paroxetine|N06AB05|H|b||hydrochloride|tab 10mg,20mg; tab cr 12.5mg,25mg
fluvoxamine|N06AB08|H|b||maleate|tab 50mg,100mg
venlafaxine|N06AX16|H|b||hydrochloride|cap sr 37.5mg,75mg,150mg
desvenlafaxine|N06AX23|H|b||succinate|tab sr 50mg,100mg
duloxetine|N06AX21|H|b||hydrochloride|cap dr 20mg,30mg,60mg
mirtazapine|N06AX11|H|b|||tab 7.5mg,15mg,30mg
bupropion|N06AX12|H|b||hydrochloride|tab sr 150mg; tab xl 300mg
trazodone|N06AX05|H|b||hydrochloride|tab 50mg,100mg
clonazepam + escitalopram||H1|a|||tab 0.5mg+10mg
chlordiazepoxide + amitriptyline|N06CA01|H1|a|||tab 5mg+12.5mg,10mg+25mg
methylphenidate|N06BA04|X|c||hydrochloride|tab 10mg; tab sr 18mg,36mg
atomoxetine|N06BA09|H|b||hydrochloride|cap 10mg,18mg,25mg
donepezil|N06DA02|H|b||hydrochloride|tab 5mg,10mg
rivastigmine|N06DA03|H|c||tartrate|cap 1.5mg,3mg; patch 4.6mg/24h
memantine|N06DX01|H|b||hydrochloride|tab 5mg,10mg
piracetam|N06BX03|H|b|||tab 400mg,800mg; syr 500mg/5ml
citicoline|N06BX06|H|c||sodium|tab 500mg; inj 125mg/ml
neostigmine|N07AA01|H|a||-,metilsulfate,bromide|inj metilsulfate 0.5mg/ml
pyridostigmine|N07AA02|H|b||bromide|tab 60mg
betahistine|N07CA01|H|a||dihydrochloride|tab 8mg,16mg,24mg
cinnarizine|N07CA02|H|a|||tab 25mg,75mg
disulfiram|N07BB01|H|a|||tab 250mg,500mg
naltrexone|N07BB04|H|c||hydrochloride|tab 50mg
acamprosate|N07BB03|H|b||calcium|tab 333mg
nicotine|N07BA01|otc|b|||gum 2mg,4mg; patch 7mg/24h,14mg/24h,21mg/24h
varenicline|N07BA03|H|c||tartrate|tab 0.5mg,1mg
riluzole|N07XX02|H|d|||tab 50mg
salbutamol|R03AC02|H|a|albuterol|sulfate|inhaler 100mcg/dose; nebuliser solution 1mg/ml,5mg/ml; syr 2mg/5ml @R03CC02; tab 2mg,4mg @R03CC02; inhalation capsule 200mcg
levosalbutamol|R03AC13|H|b|levalbuterol|-,sulfate,hydrochloride|inhaler sulfate 50mcg/dose; nebuliser solution hydrochloride 0.63mg/2.5ml,1.25mg/2.5ml; syr sulfate 1mg/5ml
salmeterol + fluticasone|R03AK06|H|d||xinafoate|inhaler 25mcg/dose+125mcg/dose,25mcg/dose+250mcg/dose; inhalation capsule 50mcg+100mcg,50mcg+250mcg
formoterol|R03AC13|H|c||fumarate|inhalation capsule 12mcg; inhaler 6mcg/dose
formoterol + budesonide|R03AK07|H|d|||inhaler 6mcg/dose+100mcg/dose,6mcg/dose+200mcg/dose; inhalation capsule 6mcg+200mcg,6mcg+400mcg
beclometasone|R03BA01|H|c|beclomethasone|dipropionate|inhaler 100mcg/dose,200mcg/dose; nasal spray 50mcg/dose @R01AD01
fluticasone|R03BA05|H|d||-,propionate,furoate|inhaler propionate 125mcg/dose; nasal spray propionate 50mcg/dose @R01AD08; nasal spray furoate 27.5mcg/dose @R01AD12; cream propionate 0.05% @D07AC17
mometasone|R01AD09|H|c||furoate|nasal spray 50mcg/dose; cream 0.1% @D07AC13; ointment 0.1% @D07AC13
ipratropium|R03BB01|H|c||bromide|inhaler 20mcg/dose; nebuliser solution 250mcg/ml
ipratropium + levosalbutamol|R03AL02|H|c|||nebuliser solution 500mcg/2.5ml+1.25mg/2.5ml; inhaler 20mcg/dose+50mcg/dose
tiotropium|R03BB04|H|d||bromide|inhalation capsule 18mcg; inhaler 9mcg/dose
glycopyrronium|R03BB06|H|d|glycopyrrolate,glycopyrronium bromide||inhalation capsule 50mcg; nebuliser solution 25mcg/ml; inj 0.2mg/ml @A03AB02
theophylline|R03DA04|H|a|||tab sr 200mg,300mg,400mg
aminophylline|R03DA05|H|a|||inj 25mg/ml; tab 100mg
etofylline + theophylline|R03DA|H|a|deriphylline||tab 77mg+23mg; tab sr 115mg+35mg; inj 84.7mg/ml+25.3mg/ml
doxofylline|R03DA11|H|b|doxophylline||tab 400mg; tab sr 650mg
terbutaline|R03CC03|H|a||sulfate|tab 2.5mg,5mg; inj 0.5mg/ml
montelukast|R03DC03|H|b||sodium|tab 10mg; chewable tablet 4mg,5mg
montelukast + levocetirizine|R03DC53|H|b|||tab 10mg+5mg; syr 4mg/5ml+2.5mg/5ml
montelukast + fexofenadine|R03DC53|H|b|||tab 10mg+120mg
cetirizine|R06AE07|otc|a||dihydrochloride|tab 10mg; syr 5mg/5ml
levocetirizine|R06AE09|H|a||dihydrochloride|tab 5mg,10mg; syr 2.5mg/5ml
loratadine|R06AX13|H|a|||tab 10mg; syr 5mg/5ml
desloratadine|R06AX27|H|b|||tab 5mg
fexofenadine|R06AX26|H|b||hydrochloride|tab 30mg,120mg,180mg; oral suspension 30mg/5ml
bilastine|R06AX29|H|b|||tab 20mg
ebastine|R06AX22|H|b|||tab 10mg,20mg
chlorphenamine|R06AB04|G|a|chlorpheniramine,CPM|maleate|tab 4mg; syr 2mg/5ml
pheniramine|R06AB05|G|a||maleate|tab 25mg,50mg; inj 22.75mg/ml; syr 15mg/5ml
diphenhydramine|R06AA02|G|a||hydrochloride|cap 25mg,50mg; syr 12.5mg/5ml
promethazine|R06AD02|G|a||hydrochloride|tab 10mg,25mg; inj 25mg/ml; syr 5mg/5ml
cyproheptadine|R06AX02|H|a||hydrochloride|tab 4mg; syr 2mg/5ml
ketotifen|R06AX17|H|a||fumarate|tab 1mg; eye drops 0.025% @S01GX08
dextromethorphan|R05DA09|H|a||hydrobromide|syr 10mg/5ml,15mg/5ml; lozenge 5mg
dextromethorphan + chlorphenamine|R05DA20|H|a|||syr 10mg/5ml+2mg/5ml
ambroxol|R05CB06|H|a||hydrochloride|syr 15mg/5ml,30mg/5ml; tab 30mg; cap sr 75mg
bromhexine|R05CB02|H|a||hydrochloride|syr 4mg/5ml; tab 8mg
guaifenesin|R05CA03|otc|a|guaiphenesin,glyceryl guaiacolate||syr 100mg/5ml
acetylcysteine|R05CB01|H|b|N-acetylcysteine,NAC||effervescent tablet 600mg; inj 200mg/ml @V03AB23
ambroxol + guaifenesin + levosalbutamol|R05CB|H|a|||syr 30mg/5ml+50mg/5ml+1mg/5ml
ambroxol + guaifenesin + terbutaline|R05CB|H|a|||syr 15mg/5ml+50mg/5ml+1.25mg/5ml
bromhexine + guaifenesin + terbutaline|R05CB|H|a|||syr 4mg/5ml+50mg/5ml+1.25mg/5ml
dextromethorphan + chlorphenamine + phenylephrine|R05DA20|H|a|||syr 10mg/5ml+2mg/5ml+5mg/5ml
paracetamol + phenylephrine + chlorphenamine|N02BE51|H|a|||tab 500mg+10mg+2mg; syr 250mg/5ml+5mg/5ml+2mg/5ml
paracetamol + caffeine|N02BE51|otc|a|||tab 500mg+50mg
xylometazoline|R01AA07|H|a||hydrochloride|nasal drops 0.05%,0.1%; nasal spray 0.1%
oxymetazoline|R01AA05|H|a||hydrochloride|nasal drops 0.025%,0.05%; nasal spray 0.05%
azelastine + fluticasone|R01AD58|H|d||propionate|nasal spray 140mcg/dose+50mcg/dose
azelastine|R01AC03|H|c||hydrochloride|nasal spray 140mcg/dose
caffeine citrate|N06BC01|H|c|||oral solution 20mg/ml; inj 20mg/ml
surfactant|R07AA02|H|f|beractant,poractant alfa,pulmonary surfactant||inhalation liquid 25mg/ml,80mg/ml
miconazole|D01AC02|otc|a||nitrate|cream 2%; mouth gel 2% @A07AC01; topical powder 2%
ketoconazole|D01AC08|H|b|||cream 2%; shampoo 2%; tab 200mg @J02AB02; lotion 2%
luliconazole|D01AC18|H|b|||cream 1%; lotion 1%
sertaconazole|D01AC14|H|c||nitrate|cream 2%
selenium sulfide|D01AE13|otc|b|||shampoo 2.5%
salicylic acid|D01AE12|otc|a|||ointment 3%,6%; lotion 2%
whitfield ointment|D01AE20|otc|a|benzoic acid with salicylic acid||ointment -
fusidic acid|D06AX01|H|b||-,sodium|cream 2%; ointment sodium 2%
mupirocin|D06AX09|H|b|||ointment 2%
neomycin|D06AX04|H|a||sulfate|ointment 0.5%; topical powder 0.5%
framycetin|D09AA01|H|a||sulfate|cream 1%
silver sulfadiazine|D06BA01|H|a|silver sulphadiazine||cream 1%
povidone-iodine|D08AG02|otc|a|povidone iodine,iodopovidone||ointment 5%; topical solution 5%,10%; mouthwash 2% @R02AA15; topical powder 5%
chlorhexidine|D08AC02|otc|a|chlorhexidine gluconate|gluconate|topical solution 4%; mouthwash 0.2% @A01AB03; gel 7.1%
hydrogen peroxide|D08AX01|otc|a|||topical solution 6%
ethanol|D08AX08|otc|a|ethyl alcohol,surgical spirit||topical solution 70%
gentian violet|D08AX|otc|a|methylrosanilinium chloride,crystal violet||topical solution 0.5%,1%
potassium permanganate|D08AX06|otc|a|||topical solution 0.1%
calamine|D04AX|otc|a|||lotion 8%
coal tar|D05AA|H|b|||ointment 5%; shampoo 4%
calcipotriol|D05AX02|H|d|||ointment 0.005%
dithranol|D05AC01|H|b|anthralin||ointment 0.1%
clobetasol|D07AD01|H|a||propionate|cream 0.05%; ointment 0.05%; lotion 0.05%
fluocinolone|D07AC04|H|a||acetonide|cream 0.025%; ointment 0.025%
clobetasol + salicylic acid|D07XD|H|b|||ointment 0.05%+3%
beclometasone + clotrimazole|D07CC|H|a||dipropionate|cream 0.025%+1%
benzoyl peroxide|D10AE01|H|b|||gel 2.5%,5%
adapalene|D10AD03|H|b|||gel 0.1%
isotretinoin|D10BA01|H|c|||softgel 5mg,10mg,20mg
azelaic acid|D10AX03|H|b|||cream 10%,20%
minoxidil|D11AX01|H|c|||topical solution 2%,5%; tab 5mg @C02DC01
hydroquinone|D11AX11|H|b|||cream 2%,4%
urea|D02AE01|otc|b|||cream 10%
white soft paraffin|D02AC|otc|a|petroleum jelly,petrolatum||ointment -
glycerin + icthammol|D11AX|otc|a|||ear drops 90%+10%
podophyllotoxin|D06BB04|H|c|podofilox||topical solution 0.5%
timolol|S01ED01|H|b||maleate|eye drops 0.25%,0.5%
betaxolol|S01ED02|H|c||hydrochloride|eye drops 0.5%
latanoprost|S01EE01|H|d|||eye drops 0.005%
travoprost|S01EE04|H|d|||eye drops 0.004%
bimatoprost|S01EE03|H|d|||eye drops 0.01%,0.03%
brimonidine|S01EA05|H|c||tartrate|eye drops 0.15%,0.2%
dorzolamide|S01EC03|H|c||hydrochloride|eye drops 2%
brinzolamide|S01EC04|H|d|||eye drops 1%
dorzolamide + timolol|S01ED51|H|c|||eye drops 2%+0.5%
acetazolamide|S01EC01|H|a|||tab 250mg; cap sr 250mg
pilocarpine|S01EB01|H|b||-,nitrate,hydrochloride|eye drops nitrate 2%
tropicamide|S01FA06|H|b|||eye drops 0.5%,1%
cyclopentolate|S01FA04|H|b||hydrochloride|eye drops 1%
homatropine|S01FA05|H|b||hydrobromide|eye drops 2%
carmellose|S01XA20|otc|b|carboxymethylcellulose,CMC|sodium|eye drops 0.5%,1%
hypromellose|S01KA02|otc|b|hydroxypropyl methylcellulose,HPMC||eye drops 0.3%,2%
olopatadine|S01GX09|H|b||hydrochloride|eye drops 0.1%,0.2%
nepafenac|S01BC10|H|c|||eye drops 0.1%
natamycin|S01AA10|H|c|||eye drops 5%
fluorometholone|S01BA07|H|b|||eye drops 0.1%
loteprednol|S01BA14|H|c||etabonate|eye drops 0.5%
moxifloxacin + dexamethasone|S01CA01|H|b|||eye drops 0.5%+0.1%
tobramycin + dexamethasone|S01CA01|H|b|||eye drops 0.3%+0.1%
ofloxacin + dexamethasone|S03CA01|H|b|||eye ear drops 0.3%+0.1%
naloxone|V03AB15|H|c||hydrochloride|inj 0.4mg/ml
flumazenil|V03AB25|H|d|||inj 0.1mg/ml
pralidoxime|V03AB04|H|d||-,chloride,iodide|inj iodide 25mg/ml; powder for injection chloride 1g
activated charcoal|A07BA01|otc|a|||oral powder 50g/sachet; tab 250mg
dimercaprol|V03AB09|H|d|BAL||inj 50mg/ml
desferrioxamine|V03AC01|H|e|deferoxamine|mesilate|powder for injection 500mg
deferasirox|V03AC03|H|d|||dispersible tablet 100mg,250mg,500mg
methylthioninium|V03AB17|H|d|methylene blue|chloride|inj 10mg/ml
sugammadex|V03AB35|H|f||sodium|inj 100mg/ml
sevelamer|V03AE02|H|c||-,carbonate,hydrochloride|tab carbonate 400mg,800mg
calcium polystyrene sulfonate|V03AE01|H|c|||oral powder 15g/sachet
iohexol|V08AB02|H|f|||inj 300mg/ml
barium sulfate|V08BA01|H|b|barium sulphate||oral suspension 95%
rabies vaccine|J07BG01|H|e|anti rabies vaccine,ARV||vaccine 2.5iu
rabies immunoglobulin|J06BB05|H|f|||inj 150iu/ml,300iu/ml
tetanus toxoid|J07AM01|H|a|TT,tetanus vaccine||vaccine -
tetanus immunoglobulin|J06BB02|H|e|||inj 250iu,500iu
hepatitis b vaccine|J07BC01|H|d|||vaccine 20mcg/ml
hepatitis b immunoglobulin|J06BB04|H|f|||inj 100iu,200iu
influenza vaccine|J07BB02|H|e|flu vaccine||vaccine -
pneumococcal vaccine|J07AL02|H|f|||vaccine -
typhoid vaccine|J07AP03|H|e|||vaccine 25mcg
measles rubella vaccine|J07BD53|H|c|MR vaccine||vaccine -
oral polio vaccine|J07BF02|H|b|OPV||oral drops -
bcg vaccine|J07AN01|H|b|BCG||vaccine -
snake antivenom|J06AA03|H|e|snake venom antiserum,anti snake venom,ASV,polyvalent antivenom||powder for injection -
anti-d immunoglobulin|J06BB01|H|f|anti D immunoglobulin,anti-D,Rho(D) immunoglobulin||inj 150mcg,300mcg
`;
