/** Harmless look-alikes, one a line. */
export const HARMLESS_EN = `
chest pain when I press on the rib since a month after gym
dog bite vaccine schedule
my grandfather had a stroke last year, which doctor for physiotherapy
no chest pain, only a cold
heartburn after eating spicy food
burning urine since two days
burning sensation in feet at night
burning feeling in eyes after computer work
fear of heart attack, I am healthy
what is a stroke
how to prevent heart attack
insurance for heart attack treatment
course on first aid for snakebite training
speech therapy after stroke for my mother
my uncle died of heart attack last year
rehab centre for stroke patient
epilepsy medicine follow up, controlled since two years
driving licence with epilepsy, on medicine, no fits
fits of laughter in my son
this dress fits me well, need no doctor
nose blocked cannot breathe through nose
snoring and blocked nostril at night
stress and tired all day
knee pain since a year
back pain after sitting
cough and cold for three days
mild fever with body ache
headache on and off since months
skin rash itching on arm
hair fall problem
tooth pain at night
acidity and gas
uric acid high in report
folic acid tablet dose
vitamin d deficiency
food allergy test where
dust allergy and sneezing since months
throat itching and allergy season
pregnancy test centre
pregnant 3 months, need blood test
pregnant and blood group report needed
planning pregnancy, which doctor
gums bleed when brushing, mild
period pain every month
irregular periods
painless lump in testicle since months
testicle itching
eye number checkup
need new glasses, cannot read small letters
night blindness in my family
cataract operation cost of
sunburn on face after beach
burn scars removal
old burn marks plastic surgery
fat burner diet plan
cut hair and dandruff
stitches removal of old wound
nail cutting infection of toe
plate removal after accident surgery
insurance claim for road accident
disability certificate after accident
vaccine for baby 6 months schedule
when to start solid food for baby
baby teething, which paediatrician
newborn vaccination schedule
my baby has blue eyes
child does not eat vegetables
child bed wetting
autism child late speech
stammering child speech problem
toddler not talking yet, speech therapy
anxiety and low mood
I feel sad after breakup
suicide prevention awareness lecture
counselling for exam stress
insomnia, cannot sleep
migraine since childhood
thyroid medicine dose
diabetes diet
sugar control checkup
blood pressure medicine refill
cholesterol report
I am not suicidal, only tired
no breathlessness and no chest pain, routine ECG
without vomiting or fever, just mild headache
heart checkup package
pacemaker battery check follow up
donate blood near me
blood bank for O positive
hernia operation cost of
piles bleeding few drops
constipation since a week
loose motion twice today
gas pain after lunch
ear wax removal
sinus problem
bee keeping course
snake gourd recipe for diabetes
scared of dogs phobia treatment
stray dog sterilisation contact for clinic complaint
electric wheelchair shop
swimming class for asthma children
drowning in work, tired, need rest doctor
labour card medical certificate
contact lens for driving
shoulder pain after bowling
muscle cramp in leg at night
neck pain from mobile
fracture plaster removal
ankle sprain mild swelling
weight loss doctor
fitness certificate for job
skin lightening acid peel cost of
what are the side effects of overdose of vitamin c
I had seizures as a child, treated last in 2005, need certificate
first aid course fees
my father recovered from heart attack last year, diet advice
I have mild cold and cough
my shoulder hurts when I lift weights
burning in stomach after food
which doctor for joint pain
stomach upset since yesterday
my child has a runny nose
want to check my sugar level
eye irritation and watering
back pain for pregnant women exercise
swelling in ankle after walking
white discharge problem
pain in lower back for two years
feeling dizzy sometimes when standing up
gastric trouble and bloating
hair thinning
vaccination for dog bite completed, need certificate
heart rate a bit high on smart watch
baby has diaper rash
pregnancy first visit
itching in private parts
numbness in fingers at night for months
left hand pain while typing
weakness and tiredness for a month
vomiting once after travel
leg pain at night
fever since two days
high fever and body pain
blood in urine
blood in stool sometimes
acne scars
runny nose and sneezing every morning
my chest feels congested with cough
hand pain after typing
gas trouble after eating beans
feeling low since job loss
baby 6 months cold and cough
eyes are red and itchy
loose motion since morning three times
mild pain in stomach
pregnancy nausea
want a doctor for sugar and bp
pain in heel in the morning
my tooth is paining
throat pain and mild fever
small cut on finger, tetanus needed?
my chest feels itchy with a rash
cat allergy and sneezing
bus travel makes me vomit
my baby bites nails
bleeding gums sometimes
headache when I study
fell in love and feeling low
my hand shakes when I write since years
leg cramps in pregnancy
hot water bottle for back pain
body pain after accident two years ago
child refuses vegetables
dark circles under eyes
fever came down, now weakness
sugar level 180 after food
slight breathing noise at night, snoring
I stammer when speaking in public
dandruff and itching on face one side
cracked heels
want to stop drinking alcohol
thyroid swelling in neck since a year
sore throat and swallowing pain since two days
my ear has water after swimming
labour room booking for next month
periods heavy with clots for three days
`;
