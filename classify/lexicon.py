"""Words that say a safeguarding issue or an area of practice is what a recommendation is about.

The labelling guide ticks an issue or an area only where the words say so; these are the words, as evidence that the
model weighs beside what it has learnt. A framework with codes of its own simply finds no words here for them.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from domain.families import Families
from domain.language import folded

# Two strengths: words that hardly ever stand in another sense, and words that only hint.
SURE: dict[str, tuple[str, ...]] = {
    "neglect": (
        r"\bneglect", r"failure to thrive", r"graded care profile", r"home conditions", r"\bhoard", r"\bsqual",
        r"faltering growth", r"\bclutter", r"\bfilth", r"\binsanitary",
        r"(?:state|conditions?) (?:of|in) (?:the|a|their) home", r"(?:medical|basic|care) needs (?:\w+ ){0,3}unmet",
    ),
    "mental-health": (
        r"\bmental(?:ly)?[- ](?:ill|wellbeing|unwell|distress)",
        r"\bmental health (?!trust|practitioner|provider|ward|nurse|team|and drug)", r"\bmental health$",
        r"self[- ]harm", r"suicid", r"\bCAMHS\b", r"emotional (?:health|well-?being)", r"\bpsychiatr", r"\bperinatal",
        r"\bdepressi(?:on|ve)", r"\bpsychos[ei]s", r"eating disorder", r"\boverdos", r"talking therap", r"low mood",
        r"\bsection 136", r"attempt on (?:their|his|her) (?:own )?life",
    ),
    "men-and-fathers": (
        r"\b(?:step-?)?fathers?\b", r"\bfatherhood", r"\bmen\b", r"\bdads?\b",
        r"\bmale (?:carer|partner|adult|figure)s?", r"\bpaternal", r"\bthe man\b", r"\bsons?\b", r"\bhidden adult",
        r"\bmother's (?:new )?(?:partner|boyfriend)",
    ),
    "domestic-abuse": (
        r"domestic (?:abuse|violence|homicide|incident)", r"coercive", r"\bcontrolling (?:behaviour|or coercive)",
        r"\bMARACs?\b", r"\bIDVAs?\b", r"\bDASH\b", r"non-fatal strangulation", r"honour[- ]based", r"\bClare's Law",
        r"\babusers?\b", r"abusive (?:relation|partner)", r"economic abuse", r"\bstalk", r"routine enquiry",
        r"abuse at home", r"partner violence", r"violen(?:t|ce) (?:to|towards|from) (?:\w+ ){0,2}partner",
        r"at the hands of a partner", r"partner who", r"(?<!serious )(?<!youth )(?<!sexual )(?<!gang )violence\b",
    ),
    "consent-and-engagement": (
        r"\bconsent(?! form)", r"parental responsibility", r"(?:non|dis|re)-?engag", r"disguised compliance",
        r"\bresistan", r"\bresistant", r"\b(?:un|non-)co-?operat",
        r"(?:stop(?:s|ped)?|hard to|reluctan\w+ to|fail\w* to) engag",
        r"(?:turn(?:s|ed|ing)? down|refus|declin|avoid)\w* (?:\w+ ){0,3}"
        r"(?:help|support|contact|visit|service|appointment|offer|assessment|referral|care|call)",
        r"without (?:\w+ ){0,2}agreement", r"(?:involv|engag)\w* (?:\w+ ){0,2}(?:parents|carers|famil)",
        r"(?:parents|carers|families) (?:\w+ ){0,4}(?:involved|engaged)",
        r"(?:with|to) (?:the )?(?:parents?|mother and father|family) (?:at least|before|beforehand)",
        r"get into (?:a|the) home",
    ),
    "information-sharing": (
        r"\bshar(?:e|es|ed|ing)\b(?:\W+\w+){0,4}\W+(?:information|intelligence|records)", r"information[- ]sharing",
        r"\bnotif(?:y|ies|ied|ication)", r"\bdischarge (?:summar|letter|notif|info)",
        r"\bshar(?:e|ed|es|ing)\b (?:\w+ ){0,6}with\b", r"\bcop(?:y|ies|ied) (?:\w+ ){0,6}to\b",
        r"\bpass(?:ed|es|ing)? (?:\w+ ){0,5}(?:on|to)\b", r"\bsend (?:\w+ ){0,8}to\b", r"\bsent to\b",
        r"\b(?:be|are|is|was|were) (?:told|informed|notified|alerted)",
        r"\balert(?:s|ed)? (?:\w+ ){0,4}(?:to|when|if)", r"\bdata[- ]shar",
        r"(?:records?|systems?) (?:\w+ ){0,6}(?:connect|link|visible|available to|accessible|talk to)",
        r"exchang\w+ (?:\w+ ){0,3}information",
    ),
    "disseminating-learning": (
        r"\blessons\b", r"\bdisseminat", r"learning from", r"\bfindings (?:of|from)",
        r"(?:serious case|practice|adult) reviews\b", r"\blearning (?:briefing|event|points)", r"seven[- ]minute",
        r"\bthis review\b", r"\brecommendations (?:of|from|made)", r"learning (?:has|is) ",
    ),
    "voice-of-the-child": (
        r"\bvoices?\b", r"lived experience", r"wishes and feelings",
        r"\b(?:child(?:ren)?|people)'?s'? (?:\w+ ){0,3}views", r"seen alone",
        r"\bse(?:e|es|eing|en) (?:\w+ ){0,4}(?:alone|on (?:his|her|their) own)", r"direct work", r"\badvoca",
        r"\bparticipation", r"\blisten", r"day in the life", r"own words",
        r"\b(?:ask|speak|talk|spoken|speaking|talking)\w* (?:to |with )?(?:the |each |every |a )?"
        r"(?:child|children|young|person)\b",
        r"what (?:\w+ ){0,2}(?:child|young person|person) (?:says|thinks|feels|wants|has said|is saying)",
        r"ordinary day", r"life is like",
    ),
    "referrals-and-feedback": (
        r"\breferr(?:al|als|er|ers)\b", r"\bfront door", r"\bMASH\b", r"safeguarding hub",
        r"\bfeed(?:ing)? ?back (?:to|from|on)?", r"\bcontacts (?:to|with|made|and|from)\b", r"\backnowledge?ment",
    ),
    "early-help": (
        r"\bearly help", r"lead professional", r"team around", r"\bCAFs?\b", r"common assessment",
        r"early intervention",
    ),
    "supervision": (
        r"\bsupervis", r"management oversight", r"managers?' oversight",
        r"reflective (?:practice|discussion|space|session|group)",
        r"managers? (?:should|must|to) (?:\w+ ){0,3}(?:review|check|read|sign|return|oversee|record)",
    ),
    "history-and-curiosity": (
        r"\bchronolog", r"\bhistor(?:y|ies|ical)", r"\bcurio", r"past involvement",
        r"previous (?:involvement|referral|concern|contact)", r"\bpatterns?\b", r"\bcumulative",
        r"quality of (?:\w+ ){0,4}assessment",
        r"\bearlier (?:\w+ ){0,2}(?:involvement|concern|referral|loss|abuse|episode)",
        r"\b(?:account|explanation)s?\b (?:\w+ ){0,5}test", r"test\w* (?:\w+ ){0,6}(?:account|explanation|against)",
        r"\bassumptions?\b", r"\bhypothes", r"look (?:behind|beyond)", r"take\w* at face value",
        r"\bprob(?:e|es|ed|ing)\b", r"find out (?:why|how|who|what)", r"risk analysis",
    ),
    "challenge-and-escalation": (
        r"\bescalat(?!ing (?:need|risk|violence|behaviour|concern))", r"\bprofessional(?:s'?)? challeng", r"\bdisagree",
        r"\bdisput", r"\bchallenge logs?", r"\bchallenge (?:between|each other|one another|decisions|colleagues|partners)",
        r"\b(?:constructive|respectful|mutual|peer) challeng", r"professional differences",
        r"difference of (?:view|opinion)",
    ),
    "communication": (
        r"\bcommunicat", r"\bliais",
        r"\battend(?:ance|ed|s)? (?:\w+ ){0,4}(?:conference|meeting|board|group|discussion|panel)", r"\binvit",
        r"multi-agency (?:meeting|forum)", r"strategy (?:discussion|meeting)", r"\brepresent(?:ed|ation|ative)",
        r"\battendance at", r"speak to (?:each|one another)",
        r"\b(?:telephone|phone|ring|speak|spoken|talk)\w* (?:to |with )?(?:the )?"
        r"(?:referrer|GP|school|health visitor|social worker|each|one)",
    ),
}  # fmt: skip
HINT: dict[str, tuple[str, ...]] = {
    "neglect": (
        r"\bunkempt", r"\bhygiene", r"\bhung(?:er|ry)", r"\bweight\b", r"\bdirty", r"\bdental", r"\bbasic care",
        r"\bself-care",
    ),
    "mental-health": (
        r"\bmental health", r"\bpsycholog", r"\bwell-?being", r"\banxi", r"\bdistress", r"\btherap", r"\btrauma",
        r"crisis team", r"\bunwell",
    ),
    "men-and-fathers": (
        r"\bmale\b", r"\bpartners?\b", r"\bhusband", r"\bhim\b", r"\bman\b", r"\bboyfriend", r"absent parent",
        r"\badults? (?:in|who live)",
    ),
    "domestic-abuse": (
        r"\bviolen", r"\bvictim", r"\brefuge\b", r"\babus", r"\bseparat", r"\bperpetrator", r"\bcoerci",
        r"\bhigh-risk meeting",
    ),
    "consent-and-engagement": (
        r"\bengag", r"\brefus", r"\bdeclin", r"\bmissed appointment", r"not brought", r"did not attend",
        r"\bno access", r"\bparents?\b", r"\bcarers?\b", r"\bcomplian", r"\bpermission", r"\bmother\b",
        r"\bfamil(?:y|ies)\b", r"\bobject", r"\bwithdraw", r"\bturn(?:s|ed)? down",
    ),
    "information-sharing": (
        r"\binformation\b", r"\binform(?:s|ed)?\b", r"\btell\b", r"\btold\b", r"\brecords?\b", r"\bsend\b",
        r"\bsent\b", r"\bflag", r"\balert", r"\bsystems?\b", r"\bshare", r"\bletter", r"\bsummar", r"\bcopy\b",
    ),
    "disseminating-learning": (
        r"\blearning\b", r"\blessons?\b", r"\bbriefing", r"\breviews\b", r"\bfindings\b", r"\brecommendations?\b",
    ),
    "voice-of-the-child": (
        r"\bviews\b", r"\bwishes", r"\bfeelings", r"\balone\b", r"\btheir own\b", r"\bexperiences?\b",
        r"\bask(?:s|ed|ing)?\b", r"young people", r"\bfeel", r"\bwants?\b", r"\bhear\b", r"\bheard\b",
    ),
    "referrals-and-feedback": (
        r"\brefer\b", r"\breferred", r"\bcontacts?\b", r"\bthreshold", r"\boutcome of", r"\backnowledg", r"\btriage",
        r"\bhub\b", r"\benquir", r"\breport\b",
    ),
    "early-help": (
        r"\bstep(?:ped|ping)?[- ](?:down|up)", r"\bpreventive", r"\bprevention", r"\bfamily hub", r"\bfamily support",
        r"\buniversal services",
    ),
    "supervision": (
        r"\bmanagers?\b", r"\boversight", r"\breflect", r"\bsign(?:s|ed)? off", r"\bgroup discussion",
    ),
    "history-and-curiosity": (
        r"\bassess", r"\banalys", r"\bprevious", r"\bpast\b", r"\bearlier\b", r"\bquestion", r"\bexplor", r"\bassum",
        r"\btest(?:ed|ing)?\b", r"\bbehind\b", r"\bask(?:s|ed|ing)?\b", r"\bunderstand", r"\bexplain", r"\brecognis",
    ),
    "challenge-and-escalation": (
        r"\bchalleng", r"\bconcerns? (?:about|over|that)", r"\bsenior", r"\bresol", r"\bobject", r"\bunhappy", r"\bspeak up",
        r"\bquer", r"\bagree\b",
    ),
    "communication": (
        r"\bmeeting", r"\bconference", r"\battend", r"\btelephon", r"\bphone", r"\bspeak", r"\bspoke", r"\btalk",
        r"\bdiscuss", r"\bcontribut", r"\bpresent\b", r"\bconversation", r"\btogether",
    ),
}  # fmt: skip


@cache
def _families(codes: tuple[str, ...]) -> Families:
    return Families([words.get(code, ()) for code in codes for words in (SURE, HINT)])


def evidence(texts: Sequence[str], codes: Sequence[str]) -> NDArray[np.float32]:
    """Whether the words of each text name each code: float32 (texts, codes, 2), 1 for sure words and 1 for hints."""
    families = _families(tuple(codes))
    places = np.array([families.first_places(folded(text)) for text in texts], dtype=np.intp)
    found: NDArray[np.float32] = (places >= 0).astype(np.float32).reshape(len(texts), len(codes), 2)
    return found
