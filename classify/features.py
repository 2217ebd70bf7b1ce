"""What a recommendation's words give away about the change it asks for: the guide's tie-breakers as general features.

No rule here decides anything. Each feature says whether a family of words occurs, whether it occurs in the opening,
where the verb that carries the work stands, and how early; the model learns from the examples what that is worth.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from domain.families import Families
from domain.language import ACTS, act_places, folded

OPENING_WORDS = 12
LONG = 150  # words; what is longer is not more telling

CUES: dict[str, tuple[str, ...]] = {
    "assurance": (
        r"\bassur", r"satisf(?:y|ied|ies) (?:itself|themselves)", r"\bevidence that", r"\bdemonstrat", r"\bcomplian",
        r"\bcheck(?:s|ed)? that",
    ),
    "audit": (
        r"\baudit", r"dip[- ]sampl", r"quality[- ]assur", r"\bscrutin", r"\binspect", r"\bsampl(?:e|es|ing)\b",
    ),
    "monitoring": (
        r"\bmonitor", r"\btrack(?:s|ed|ing)?\b", r"\bmeasur", r"\bperformance", r"\bdata\b", r"\bdataset",
        r"\bindicator", r"\bscorecard", r"\btargets?\b",
    ),
    "account": (
        r"account(?:able|ability|\b)", r"\breport(?:s|ed|ing)? (?:to|back)", r"\bannual report", r"\bgovernance",
        r"\boversight", r"\boversee", r"\bgrip\b", r"\bownership", r"\bleaders(?:hip)?\b",
    ),
    "strategy": (
        r"\bstrateg(?:y|ies|ic)\b", r"\bbusiness plan", r"\bpriorit", r"\bpolic(?:y|ies)\b", r"\baction plan",
        r"\bwork programme", r"\bterms of reference",
    ),
    "workforce": (
        r"\bcaseload", r"\bworkload", r"\bworkforce", r"\brecruit", r"\bretention", r"\bturnover", r"\bstaffing",
        r"\bvacanc", r"\bagency staff", r"\bsupervis",
    ),
    "resource": (
        r"\bcommission", r"\bfund", r"\bresourc", r"\bcapacity", r"\bsufficien", r"\bprovision\b", r"\bbudget",
        r"\bavailab", r"\binvest", r"\bprocure",
    ),
    "evaluate": (
        r"\bevaluat", r"\bimpact of", r"\beffectiveness", r"\bhow well\b", r"\bwhat difference",
    ),
    "lessons": (
        r"\blessons?\b", r"\blearning from", r"\bdisseminat", r"\bfindings (?:of|from)", r"case reviews?\b",
        r"serious case", r"practice reviews?\b",
    ),
    "training": (
        r"\btrain(?:ing|ed|s)?\b", r"\bworkshop", r"\bbriefing", r"\blearning event", r"\binduction", r"\bcourses?\b",
    ),
    "sharing": (
        r"\bshar(?:e|es|ed|ing)\b", r"\bnotif", r"\bpass(?:ed|es|ing)? (?:on|to)", r"\bcop(?:y|ied|ies)\b",
        r"\bsen[dt]\b", r"\btell\b", r"\btold\b", r"\binform(?:ed|s|ing)?\b", r"\binformation",
        r"\bdischarge (?:summar|letter|notif)",
    ),
    "records": (
        r"\brecord(?:s|ed|ing)?\b", r"\bfiles?\b", r"\bminutes\b", r"\bflag", r"\bsystems?\b", r"\bdatabase",
        r"\bsummar",
    ),
    "referral": (
        r"\breferr", r"\bcontacts?\b", r"\bfeedback", r"\bfeed back", r"\bMASH\b", r"front door", r"\bhub\b",
        r"\backnowledg",
    ),
    "meeting": (
        r"\bmeeting", r"\bconference", r"\bstrategy discussion", r"\bMARAC\b", r"\bMAPPA\b", r"\bforum", r"\bpanel",
        r"\bcore group",
    ),
    "attendance": (
        r"\battend", r"\binvit", r"\brepresent", r"\bpresent at", r"\bmembership", r"\bcontribut",
    ),
    "threshold": (
        r"\bthreshold", r"step(?:ped|ping)?[- ](?:up|down)", r"\beligib", r"\bcriteria", r"\blevel of need",
    ),
    "planning": (
        r"\bplans?\b", r"\bplanning\b", r"\bplanned", r"\bcontingency", r"\bdrift", r"\bdelay", r"\bpermanence",
        r"\bpathway", r"\btimescale", r"\btimel",
    ),
    "joint": (
        r"\bjoint", r"\btogether\b", r"multi[- ]agency", r"\bpartners\b", r"\bagree(?:d|s|ment)?\b", r"\bco-?ordinat",
        r"\bprotocol", r"\blead professional", r"\bteam around",
    ),
    "transition": (
        r"\btransition", r"\btransfer", r"\bhandover", r"\bhand over", r"\bmoves? (?:between|from|to)",
        r"\bleaving\b",
    ),
    "escalate": (
        r"\bescalat", r"\bdisagree", r"\bdispute", r"\bchalleng",
    ),
    "decide": (
        r"\bdecision", r"\bdecid", r"\breview(?:s|ed|ing)?\b",
    ),
    "assess": (
        r"\bassess", r"\banalys", r"\bunderstand", r"\bformulat", r"\bweigh",
    ),
    "history": (
        r"\bhistor", r"\bchronolog", r"\bpast\b", r"\bprevious", r"\bpattern", r"\bcumulative", r"\bearlier",
    ),
    "curious": (
        r"\bcurio", r"\bask(?:s|ed|ing)?\b", r"\bexplor", r"\bquestion", r"\bprob(?:e|ing)\b", r"\bassum",
        r"\brecogni[sz]", r"\bnotice", r"\blook(?:s|ing)? (?:for|beyond|behind)", r"\bfind out",
        r"\btest(?:ed|ing)?\b", r"\bscept",
    ),
    "child": (
        r"\bvoice", r"\bviews\b", r"\bwishes", r"\bfeelings", r"\blived experience", r"\balone\b", r"\blisten",
        r"\bdirect work", r"\bday in the life", r"\bdaily life",
    ),
    "men": (
        r"\bfather", r"\bmen\b", r"\bmale\b", r"\bstepfather", r"\bpartner of", r"\bboyfriend",
    ),
    "skill": (
        r"\bskill", r"\bconfiden(?:t|ce) ", r"\bknowledge", r"\baware(?:ness)?\b", r"\bguidance\b", r"\bcultur",
        r"\btrauma",
    ),
    "practitioners": (
        r"\bpractitioner", r"\bsocial workers?\b", r"\bprofessionals\b", r"\bstaff\b", r"\bworkers?\b",
        r"\bclinician", r"\bnurses?\b", r"\bofficers?\b", r"\bteachers?\b", r"\bGPs?\b", r"\bmidwi",
    ),
    "managers": (
        r"\bmanager", r"\bsenior", r"\bleaders", r"\bexecutive", r"\bdirector", r"\bchief", r"\bhead of",
    ),
    "board": (
        r"\bboards?'?s?\b", r"\bpartnership\b", r"\bLSCB", r"\bSAB\b", r"\bcouncil", r"\bsub-?group", r"\bcommittee",
    ),
}  # fmt: skip

_FAMILIES = Families(tuple(CUES.values()))
_WORD = re.compile(r"\S+")

FEATURE_NAMES: tuple[str, ...] = (
    *(f"{cue}:{what}" for cue in CUES for what in ("there", "opening", "early")),
    *(f"act:{act}" for act in ACTS),
    *(f"first act:{act}" for act in ACTS),
    "question",
    "length",
)


def cue_features(texts: Sequence[str]) -> NDArray[np.float32]:
    """The features of each text in the order of `FEATURE_NAMES`, all between 0 and 3: float32 (texts, features)."""
    out = np.zeros((len(texts), len(FEATURE_NAMES)), dtype=np.float32)
    for row, text in enumerate(texts):
        _fill(out[row], folded(text))
    return out


def _fill(row: NDArray[np.float32], text: str) -> None:
    ends = [match.end() for match in _WORD.finditer(text)]
    opening = ends[min(OPENING_WORDS, len(ends)) - 1] if ends else 0
    for number, place in enumerate(_FAMILIES.first_places(text)):
        if place >= 0:
            row[3 * number] = 1.0
            row[3 * number + 1] = float(place < opening)
            row[3 * number + 2] = 1.0 - place / len(text)
    base = 3 * len(CUES)
    asked = act_places(text)
    first = min(asked, key=lambda act: asked[act], default="")
    for number, act in enumerate(ACTS):
        row[base + number] = float(act in asked)
        row[base + len(ACTS) + number] = float(act == first)
    row[-2] = float("?" in text)
    row[-1] = min(len(ends), LONG) / (LONG / 3)
