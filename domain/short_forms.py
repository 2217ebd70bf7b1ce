"""The field's short forms and what they stand for, as data, so that who types one finds the other.

A short form may stand for several long ones that mean the same to a reader: the name has changed, or both are in use.
"""

import re
from functools import cache
from typing import Final

SHORT_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "A&E": ("accident and emergency", "emergency department"),
    "AMHP": ("approved mental health professional",),
    "ASC": ("adult social care",),
    "CAMHS": ("child and adolescent mental health services",),
    "CCE": ("child criminal exploitation", "criminal exploitation"),
    "CCG": ("clinical commissioning group", "integrated care board"),
    "CDOP": ("child death overview panel",),
    "CE": ("child exploitation", "criminal exploitation"),
    "CIN": ("child in need",),
    "CLA": ("child looked after", "looked after child", "child in care"),
    "CME": ("child missing education",),
    "CMHT": ("community mental health team",),
    "CP": ("child protection",),
    "CPP": ("child protection plan",),
    "CSA": ("child sexual abuse",),
    "CSC": ("children's social care",),
    "CSE": ("child sexual exploitation", "sexual exploitation"),
    "CSP": ("community safety partnership",),
    "DA": ("domestic abuse", "domestic violence"),
    "DASH": ("domestic abuse, stalking and honour-based violence",),
    "DHR": ("domestic homicide review",),
    "DoLS": ("deprivation of liberty safeguards",),
    "DV": ("domestic violence", "domestic abuse"),
    "ED": ("emergency department", "accident and emergency"),
    "EDT": ("emergency duty team", "out-of-hours team"),
    "EHA": ("early help assessment",),
    "EHCP": ("education, health and care plan",),
    "EHE": ("elective home education", "home education"),
    "FGC": ("family group conference",),
    "FGM": ("female genital mutilation",),
    "FII": ("fabricated or induced illness",),
    "GP": ("general practitioner", "general practice"),
    "HBV": ("honour-based violence", "honour-based abuse"),
    "HSB": ("harmful sexual behaviour",),
    "HV": ("health visitor",),
    "ICB": ("integrated care board", "clinical commissioning group"),
    "ICPC": ("initial child protection conference",),
    "IDVA": ("independent domestic violence adviser", "independent domestic violence advocate"),
    "IMCA": ("independent mental capacity advocate",),
    "IRO": ("independent reviewing officer",),
    "JSNA": ("joint strategic needs assessment",),
    "LAC": ("looked after child", "child looked after", "child in care"),
    "LADO": ("local authority designated officer", "designated officer"),
    "LCSPR": ("local child safeguarding practice review", "child safeguarding practice review"),
    "LSCB": ("local safeguarding children board", "safeguarding children partnership"),
    "MAPPA": ("multi-agency public protection arrangements",),
    "MARAC": ("multi-agency risk assessment conference",),
    "MASH": ("multi-agency safeguarding hub", "safeguarding hub"),
    "MCA": ("mental capacity act",),
    "NAI": ("non-accidental injury",),
    "NEET": ("not in education, employment or training",),
    "NRM": ("national referral mechanism",),
    "PEP": ("personal education plan",),
    "PLO": ("public law outline",),
    "PPN": ("public protection notice",),
    "RCPC": ("review child protection conference",),
    "RHI": ("return home interview", "return interview"),
    "S11": ("section 11",),
    "S17": ("section 17",),
    "S20": ("section 20",),
    "S42": ("section 42",),
    "S47": ("section 47",),
    "SAB": ("safeguarding adults board",),
    "SAR": ("safeguarding adults review",),
    "SARC": ("sexual assault referral centre",),
    "SCR": ("serious case review",),
    "SEND": ("special educational needs and disabilities", "special educational needs"),
    "SGO": ("special guardianship order", "special guardianship"),
    "SPR": ("safeguarding practice review",),
    "SUDI": ("sudden unexpected death in infancy",),
    "TAF": ("team around the family",),
    "UASC": ("unaccompanied asylum-seeking child",),
    "YJS": ("youth justice service", "youth offending team"),
    "YOT": ("youth offending team", "youth justice service"),
}

_FAR_BEFORE: Final = 80  # characters within which a long form ends that a short form in brackets follows
_PLURAL_OF_CHILD: Final = "child(?:ren)?"


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_forms()})(?:'?s)?(?!\w)", re.IGNORECASE)


@cache
def _printed() -> re.Pattern[str]:
    """Short forms as reports print them, in capitals, with what is added to them, and the brackets around them alone."""
    return re.compile(
        rf"(?P<open>\s*\()?(?<!\w)(?P<short>{_forms()})(?P<more>['’]?s['’]?)?(?!\w)(?(open)(?P<close>\))?)"
    )


def _forms() -> str:
    # "s.47" and "s 47" are printed as often as "s47".
    return "|".join(
        re.sub(r"^S(?=\d)", r"[Ss]\\.?\\s?", re.escape(form)) for form in sorted(SHORT_FORMS, key=len, reverse=True)
    )


@cache
def _long() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (short, re.compile(r"(?<!\w)" + _words(long) + r"(?!\w)", re.IGNORECASE))
        for short, forms in SHORT_FORMS.items()
        for long in forms
    )


def _words(long: str) -> str:
    parts = re.findall(r"[\w']+", long)
    return r"[\s,-]+".join(_PLURAL_OF_CHILD if p == "child" else re.escape(p) + "s?" for p in parts)


def _key(found: str) -> str:
    bare = re.sub(r"[.\s]", "", found).casefold()
    return next(short for short in SHORT_FORMS if short.casefold() == bare)


def written_out(text: str) -> str:
    """`text` with every known short form replaced by the first of its long forms, for who reads meanings and not letters."""
    return _short().sub(lambda m: SHORT_FORMS[_key(m.group(1))][0], text)


def in_full(text: str) -> str:
    """`text` of a report with its short forms in full, so that it lies near to one that has the long forms.

    A short form in brackets after its long form is left out. Small letters are no short form here: "dash" and "pep" are words.
    """

    def full(found: re.Match[str]) -> str:
        short = _key(found["short"])
        before = text[max(found.start() - _FAR_BEFORE, 0) : found.start()]
        if found["close"] and any(pattern.search(before) for form, pattern in _long() if form == short):
            return ""
        return f"{found['open'] or ''}{SHORT_FORMS[short][0]}{found['more'] or ''}{found['close'] or ''}"

    return _printed().sub(full, text)


def other_forms(text: str) -> tuple[str, ...]:
    """What stands for the same as the short and long forms in `text`: each once, none that `text` has already."""
    shorts = [_key(m.group(1)) for m in _short().finditer(text)]
    met = [short for short, pattern in _long() if pattern.search(text)]
    other = [form for short in shorts for form in SHORT_FORMS[short]]
    other += [form for short in met for form in (short, *SHORT_FORMS[short])]
    here = text.casefold()
    return tuple(form for form in dict.fromkeys(other) if form.casefold() not in here)
