"""The field's fixed subjects and aspects as data: what an ask may be about, whom it is for, and which side is to change.

Two asks that name the same thing in other words ("return interview", "conversation on being found") share a subject;
two that differ in one ("health assessment", "education plan") are seldom the same ask, however alike they sound.
"""

# What work or service is asked about. These patterns, and the next two families, are held against straightened text in
# small letters, so they have no capitals; those of ACTORS are held against the text as it is.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "return interviews": (
        r"return(?:[- ]home)? (?:interview|conversation)", r"(?:spoken to|interview\w*|conversation)\b.{0,60}\bindependent",
        r"interview\w*.{0,30}(?:missing|return)",
    ),
    "missing children": (
        r"\bmissing (?:from|episode|child)", r"\b(?:go|goes|gone|going|been|are) missing\b(?! from education)",
        r"\brun(?:ning)? away",
    ),
    "children missing education": (r"missing (?:from )?education", r"missing from school"),
    "home education": (r"home[- ]educat", r"educated (?:at home|otherwise)", r"home education"),
    "private fostering": (r"private(?:ly)?[- ]foster",),
    "sexual exploitation": (r"sexual(?:ly)? exploit", r"\bcse\b"),
    "criminal exploitation": (r"\bgangs?\b", r"county lines", r"criminal exploitation"),
    "trafficking": (r"traffick", r"national referral mechanism"),
    "disruption": (r"disrupt(?!ion of placement)", r"abduction notice", r"prosecut"),
    "pathway plans": (r"pathway (?:plan|assessment|and)",),
    "personal advisers": (r"personal advis",),
    "independence": (r"independen(?:ce|t living)", r"\bbudgeting", r"practical skills", r"\btenanc"),
    "staying put": (r"stay(?:ing)? put", r"remain with their (?:former )?(?:foster )?carers"),
    "accommodation": (
        r"accommodat", r"\bhousing\b", r"bed and breakfast", r"live somewhere",
        r"somewhere \w+ (?:and \w+ )?to live",
    ),
    "homelessness": (r"homeless",),
    "entitlements": (r"entitle", r"\brights\b", r"their right to"),
    "employment and training": (
        r"employment", r"apprentic", r"education,? (?:work|employment|training)", r"work placement", r"into (?:college|work)",
    ),
    "attainment": (
        r"attain", r"achieve(?:ment)?\w* at school", r"educational (?:achieve|progress|outcome)", r"key stage",
        r"progress in their education", r"better (?:results|progress)",
    ),
    "school attendance": (
        r"school attendance", r"attendance at school", r"exclu(?:sion|ded)", r"part-time timetable",
        r"full-time education",
    ),
    "education plans": (r"(?:personal )?education plan", r"\bpeps?\b"),
    "pupil premium": (r"pupil premium", r"virtual school"),
    "health assessments": (r"health (?:assessment|plan|check|need)", r"health needs", r"\bdental", r"immunis"),
    "health history": (r"health (?:histor|passport|summar|record|information)", r"medical (?:past|histor)"),
    "mental health": (
        r"mental health", r"emotional", r"\bcamhs\b", r"psycholog", r"mental(?:ly)? ill",
        r"strengths and difficulties", r"therap",
    ),
    "self-harm": (r"self-harm", r"suicid"),
    "permanence": (r"permanen(?:ce|tly)", r"permanence plan", r"long-term foster"),
    "adoption": (r"\badopt",),
    "life story": (r"life[- ]story", r"later-life letter"),
    "special guardianship": (
        r"special guardian", r"connected (?:person|carer)", r"family and friends carer", r"kinship",
    ),
    "placements": (r"placement(?! order)", r"matching", r"foster (?:carers?|famil|home)", r"homes that meet"),
    "foster carers": (r"foster(?:ing)? (?:carer|famil)",),
    "placement stability": (
        r"stab(?:le|ility)\b.{0,20}placement", r"placement (?:stab|break|move)", r"changes of (?:home|placement)",
        r"several moves", r"unplanned moves", r"stable placements",
    ),
    "sufficiency": (r"sufficien(?:cy|t)", r"\bchoice\b", r"\brange\b", r"\bavailabil"),
    "delegated authority": (r"delegated", r"day-to-day decision"),
    "short breaks": (r"short breaks", r"respite"),
    "transition": (r"\btransition", r"adult services"),
    "advocacy": (r"advoca",),
    "independent visitors": (r"independent visitor",),
    "complaints": (r"complain",),
    "children in care council": (r"children in care council", r"in care council"),
    "corporate parenting": (r"corporate parent",),
    "reviewing officers": (r"reviewing (?:officer|service)", r"\biros?\b"),
    "looked-after reviews": (r"(?:looked[- ]after|their own|statutory|care) reviews", r"reviews? (?:meeting|chair)"),
    "conferences": (r"conference", r"conference chair"),
    "core groups": (r"core groups?",),
    "protection plans": (r"(?:child )?protection plan",),
    "child in need": (r"child(?:ren)?(?: or young people)? in need(?! of)",),
    "care plans": (r"\bcare plan",),
    "plans": (r"\bplans?\b", r"\bplanning\b"),
    "contingency": (
        r"contingenc", r"what (?:will|is to) happen if", r"what follows if", r"if (?:progress|things|change)",
    ),
    "assessments": (r"\bassess(?:ment|ments|ed|es|ing)?\b",),
    "pre-birth": (r"pre-birth", r"\bunborn", r"pregnan", r"antenatal", r"before birth", r"birth plan"),
    "section 47": (r"section 47", r"child protection (?:enquir|investigat)", r"s47"),
    "strategy discussions": (r"strategy (?:discussion|meeting)",),
    "thresholds": (r"threshold",),
    "contacts and referrals": (r"\breferr", r"\bcontacts\b", r"front door"),
    "safeguarding hub": (r"\bmash\b", r"\bhub\b", r"front door"),
    "feedback to referrers": (r"feedback (?:to|on)", r"referrers", r"outcome of (?:the|their)"),
    "consent": (r"\bconsent",),
    "step down": (r"step(?:ping|ped)?[- ](?:\w+ )?(?:down|up)", r"transfer of (?:families|cases)"),
    "early help": (r"early help", r"early intervention"),
    "lead professional": (r"lead professional",),
    "supervision": (r"\bsupervis",),
    "management oversight": (
        r"oversight", r"oversee", r"management (?:decision|direction|grip)", r"decision-making",
        r"managers?\b.{0,40}\b(?:review|scrutin|track|monitor|check|evaluat)",
    ),
    "caseloads": (r"caseload", r"workload"),
    "workforce stability": (
        r"turnover", r"retention", r"retain", r"changes? of (?:social )?worker", r"workforce stab",
        r"agency (?:staff|social workers)", r"permanent (?:social workers|staff|workforce)",
    ),
    "newly qualified": (r"newly qualified", r"assessed and supported year", r"\bnqsw"),
    "training": (r"\btrain(?:ing|ed|s)?\b", r"workshop", r"learning event", r"development programme"),
    "case recording": (r"\brecord(?:ed|ing|s)?\b", r"case files?", r"\bfiles?\b", r"write up"),
    "chronologies": (r"chronolog",),
    "visits": (r"\bvisit(?:s|ed|ing)?\b(?! (?:to|and) (?:front|service))",),
    "direct work": (r"direct work", r"relationship"),
    "child's voice": (
        r"voice", r"views?\b", r"wishes", r"feelings", r"lived experience", r"seen alone", r"see children alone",
        r"listen", r"day-to-day (?:life|experience)",
    ),
    "identity": (r"divers", r"cultur", r"ethnic", r"religio", r"identity", r"\bfaith"),
    "history": (
        r"histor", r"past (?:event|involvement)", r"cumulative", r"accumulat", r"earlier referrals",
        r"previous contact",
    ),
    "fathers": (r"\bfathers?\b", r"\bmen\b", r"male carer", r"\bpartners\b(?= (?:in|who live))"),
    "audits": (r"\baudit", r"quality assur", r"dip[- ]sampl"),
    "performance data": (
        r"performance (?:data|information|manage|framework|report)", r"\bdata(?:set)?\b", r"management information",
        r"indicators?\b",
    ),
    "annual report": (r"annual report",),
    "business plan": (r"business plan", r"work plan", r"(?:board|lscb)(?:'s)? (?:objectives|priorities)"),
    "section 11": (r"section 11", r"self-assessment"),
    "board membership": (
        r"(?:members?|membership|attendance|representation)\b.{0,30}\b(?:board|lscb|subgroup)",
        r"(?:board|lscb)(?:'s)? (?:member|meeting|attend)",
    ),
    "governance": (r"governance", r"accountab", r"other strategic boards", r"health and wellbeing board"),
    "risk register": (r"risk register", r"challenge log", r"challenges it makes"),
    "case reviews": (r"case review", r"practice review", r"lessons", r"learning from"),
    "learning framework": (r"learning and improvement framework",),
    "policies": (r"\bpolic(?:y|ies)\b", r"procedure", r"protocol", r"guidance"),
    "strategy": (r"\bstrateg(?:y|ies)\b(?! (?:discussion|meeting))",),
    "scrutiny by members": (r"elected members", r"scrutiny committee", r"lead member", r"councillor"),
    "resources": (r"\bfund(?:ing|s|ed)?\b", r"\bresources\b", r"\bcapacity\b", r"\bstaffing\b"),
    "record system": (r"electronic", r"(?:recording|case management|it) system"),
    "public law outline": (r"public law", r"pre-proceedings", r"legal planning", r"letters before"),
    "section 20": (r"section 20", r"voluntary accommodation", r"accommodated by agreement"),
    "family group conferences": (r"family group conference",),
    "domestic abuse": (r"domestic (?:abuse|violence)", r"coercive", r"perpetrator", r"\bmarac\b", r"violent"),
    "neglect": (r"\bneglect(?!\w* (?:them|himself|herself))", r"graded care"),
    "self-neglect": (r"self-neglect", r"neglect(?:ing)? themselves", r"hoard"),
    "substance misuse": (r"substance", r"\bdrug", r"alcohol"),
    "mental capacity": (r"capacity assess", r"mental capacity", r"assess(?:es)? (?:his |her |their )?capacity"),
    "designated officer": (r"designated officer", r"\blado\b", r"allegations? against"),
    "safer recruitment": (r"safer recruit", r"pre-employment", r"references and", r"personnel file"),
    "out of hours": (r"out[- ]of[- ]hours", r"emergency duty", r"nights? and weekends"),
    "custody": (r"custody", r"detained", r"police cells", r"appropriate adult"),
    "bruising": (r"bruis", r"injur"),
    "safe sleep": (r"safe(?:r)? sleep", r"where the baby sleeps", r"infant death", r"bed with a baby"),
    "discharge": (r"discharg",),
    "missed appointments": (r"not brought", r"missed (?:clinic )?appointment", r"non-attendance", r"not taken to"),
    "escalation": (r"escalat", r"professional (?:differences|disagreement)", r"dispute"),
    "curiosity": (
        r"curio", r"face value", r"respectful uncertainty", r"disguised compliance", r"question their assumptions",
    ),
    "asylum": (r"asylum", r"unaccompanied", r"age assessment"),
    "general practitioners": (r"\bgps?\b", r"general practition", r"\bpractices\b"),
    "schools": (r"\bschools?\b(?! nurs)", r"designated (?:safeguarding )?lead"),
    "sharing information": (
        r"\bshar(?:e|ed|ing)\b", r"exchange of information", r"notif", r"inform(?:ed)? (?:children's|the)",
    ),
    "awareness": (r"awareness", r"publicity", r"campaign", r"know what", r"promot"),
}  # fmt: skip
# Which act is asked for, and which side of a matter is to change. "Timely health assessments" and "thorough health
# assessments" are two asks, and so are doing a thing, auditing it and training people in it.
ASPECTS: dict[str, tuple[str, ...]] = {
    "time": (
        r"timel", r"timescale", r"prompt", r"\bdelay", r"within \w+ (?:hours|days|weeks|working)", r"\bon time\b",
        r"\bin (?:good )?time\b", r"\bdrift", r"\bsooner", r"\bearly\b(?! help)", r"\bearlier", r"\bpace\b",
        r"\bspeed", r"\bas soon as", r"without wait", r"urgen", r"quickly",
    ),
    "regularity": (
        r"\bregular", r"frequen", r"up[- ]to[- ]date", r"updat", r"\bcurrent\b", r"monthly", r"reviewed",
    ),
    "quality": (
        r"\bquality", r"\bstandard", r"thorough", r"comprehensive", r"rigo(?:ur|rous)", r"robust", r"\beffective",
        r"strengthen", r"improve the (?:response|arrangement|practice)",
    ),
    "analysis": (
        r"analy", r"histor", r"\brisks?\b (?:is|are|and)", r"understood", r"critical", r"depth",
    ),
    "precision": (
        r"specific", r"measur", r"smart", r"outcome", r"\btargets?", r"\bclear(?:ly)?\b", r"achievable", r"goals?",
        r"milestone", r"success criteria", r"contingenc",
    ),
    "offer": (
        r"\boffer", r"take[- ]up", r"uptake", r"access", r"opportunit", r"available", r"availab", r"declin",
        r"refus", r"\breceive\b", r"for all\b", r"every\b", r"benefit from", r"promot", r"eligible",
    ),
    "amount": (
        r"sufficien", r"\bnumbers?\b", r"\brange\b", r"capacity", r"increase", r"recruit", r"choice", r"expand",
        r"extend", r"enough", r"develop more",
    ),
    "record": (
        r"record", r"\bfiles?\b", r"rationale", r"minutes", r"write up", r"written up",
    ),
    "attendance": (
        r"\battend", r"represent", r"invit", r"\binvolve", r"right people", r"participation of",
        r"relevant (?:partner )?agencies", r"\bcontribut", r"present in",
    ),
    "assurance": (
        r"audit", r"monitor", r"assure", r"scrutin", r"hold\w* .{0,25}to account", r"demonstrate",
        r"challenge perform",
    ),
    "data": (
        r"performance (?:data|info|manage|frame)", r"\bdata(?:set)?\b", r"indicator",
    ),
    "evaluation": (
        r"evaluat", r"impact", r"makes? a difference", r"difference (?:it|they|that)", r"effectiveness",
        r"what .{1,20}achieves",
    ),
    "oversight": (
        r"oversight", r"oversee", r"managers?\b", r"track", r"sign off", r"management",
    ),
    "training": (
        r"\btrain(?:ing|ed)?\b", r"workshop", r"\bskills?\b", r"equip",
    ),
    "awareness": (
        r"awareness", r"campaign", r"publicity", r"\bpublic\b", r"communit", r"raise the profile",
        r"\bknow (?:what|that|how|about)", r"informed of", r"understand what",
    ),
    "writing": (
        r"polic(?:y|ies)\b", r"protocol", r"procedure", r"guidance", r"strateg(?:y|ies)\b", r"document",
    ),
    "voice": (
        r"voice", r"\bviews?\b", r"wishes", r"feelings", r"listen", r"lived experience", r"\binfluence",
        r"written with", r"participation (?:in|of children)", r"take part", r"their experiences",
    ),
    "sharing": (
        r"\bshar(?:e|ed|ing)\b", r"notif", r"feedback", r"\btold\b", r"pass(?:ed)? (?:on|to)",
    ),
    "the whole picture": (
        r"collat", r"patterns?\b", r"trends?\b", r"aggregat", r"strategic", r"profile\b", r"brought together",
        r"hotspot", r"themes", r"intelligence", r"partnership's understanding", r"wider",
    ),
    "use": (
        r"\b(?:used?|uses|draw on)\b", r"inform(?:s)? (?:\w+ ){0,4}(?:plan|assess|decision|risk|strateg)",
        r"acted (?:on|upon)", r"safety plan", r"shape", r"lead to", r"leads to", r"result in",
    ),
    "assessing": (
        r"assess", r"identif", r"checks?\b", r"visit",
    ),
    "support": (
        r"\bsupport", r"\bhelp(?:ed)?\b",
    ),
}  # fmt: skip
# Whom it is for. The same help for other people is another ask.
PEOPLE: dict[str, tuple[str, ...]] = {
    "in care": (
        r"looked[- ]after", r"\bin care\b", r"(?<!privately )(?<!private )\bfoster", r"\bresidential", r"corporate parent",
        r"entering care", r"entry to care",
    ),
    "care leavers": (
        r"care leaver", r"leaving care", r"left care", r"leave care", r"pathway plan", r"personal advis",
    ),
    "protection plans": (r"child protection (?:plan|conference|process)", r"core group", r"protection plan"),
    "in need": (r"child(?:ren)? in need",),
    "missing": (r"\bmissing\b(?! from (?:education|school))", r"return(?:[- ]home)? interview"),
    "exploited": (r"exploit", r"\bgang", r"traffick"),
    "privately fostered": (r"private(?:ly)? foster",),
    "adopted": (r"\badopt",),
    "disabled": (r"disab", r"special educational", r"\behcp", r"complex needs"),
    "homeless": (r"homeless",),
    "unborn and infants": (
        r"\bunborn", r"pre-birth", r"\binfant", r"\bbab(?:y|ies)", r"maternity", r"midwi", r"pregnan",
    ),
    "adults": (
        r"\badults\b", r"\ban adult\b", r"carer's assessment", r"mental capacity", r"self-neglect", r"\bsab\b",
    ),
    "parents": (r"\bparents?\b", r"\bfamil(?:y|ies)\b"),
    "foster carers": (r"foster carer",),
    "social workers": (r"social workers?\b", r"\bworkforce", r"caseload"),
    "managers": (r"\bmanagers?\b", r"\bleaders?\b", r"senior"),
}  # fmt: skip
# Who is to act. A board that satisfies itself of a practice does not ask what an authority is asked that practises it.
ACTORS: dict[str, tuple[str, ...]] = {
    "board": (r"(?<!parenting )\b[Bb]oard\b(?! and lodging)", r"\bLSCB", r"\bSAB\b", r"\b[Tt]he Partnership\b"),
    "panel": (r"[Cc]orporate [Pp]arenting (?:[Bb]oard|[Pp]anel)", r"[Ee]lected members", r"[Ss]crutiny committee"),
    "partners": (r"\b[Pp]artner(?:s|ship|'s)?\b", r"[Mm]ulti-agency", r"\b[Aa]gencies\b", r"\b[Oo]ther agenc"),
    "managers": (r"\b[Mm]anagers?\b", r"\b[Mm]anagement\b", r"\b[Ll]eaders\b"),
    "police": (r"\b[Pp]olice",),
    "health": (
        r"\b[Hh]ealth (?:visit|service|prov|partner|coll|staff|prof)", r"\b[Hh]ospital", r"\bGPs?\b", r"\b[Mm]idwi",
        r"\b[Tt]rusts?\b",
    ),
    "schools": (r"\b[Ss]chools?\b(?! attend)",),
    "adult services": (
        r"\b[Dd]rug", r"[Aa]dult mental health", r"[Ss]ubstance misuse service", r"[Aa]dult social care", r"\b[Pp]robation",
    ),
    "reviewing officers": (r"[Rr]eviewing officer", r"\bIROs?\b", r"[Cc]onference chair"),
}  # fmt: skip
# What follows one of these only says to what end; the ask stands before it.
PURPOSE: str = r"\b(?:so that|so as to|in order (?:to|that)|to (?:enable|ensure|make sure|inform|help)|thereby|which (?:will|would))\b"
