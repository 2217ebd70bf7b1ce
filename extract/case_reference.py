"""How a review refers to its case: "Child N", "AF1 & AF2", "Mr T", or a pseudonym such as "Juniper"."""

import re
from collections.abc import Iterator, Sequence

from extract.dates import MONTHS
from extract.front import Front, Stated, pairs, running_text
from extract.front_columns import is_label
from extract.layout import Line

# Only these are reviews of a case; an inspection or an audit of Neglect has none to name.
OF_A_CASE = frozenset({"SCR", "SPR", "SAR", "DHR"})

_NOUN = (
    r"(?i:child(?:ren)?|adults?|case|family|bab(?:y|ies)|infants?|siblings?|young (?:person|people|man|woman)|girl|boy|mrs|mr|ms|"
    r"miss|mx|victim|subject|patient|brothers|sisters|twins|woman|man|person|dhr|sar|scr|spr|lcspr|cspr|dardr)"
)
_QUOTE = r"[‘’“”'\"]?"
_CODE = r"(?:[A-Z]{1,3}\d{0,4}|\d{1,4}(?:[/-]\d{1,4})?)"
_UNIT = rf"{_NOUN}\s+(?:(?i:no\.?|number)\s+)?{_QUOTE}{_CODE}(?!\w){_QUOTE}"
_JOINED = r"\s*(?:,\s*(?:and\s+)?|(?i:\band\b)|&)\s*"
_ALSO = rf"(?:{_QUOTE}{_UNIT}|{_QUOTE}[A-Z]{{1,3}}\d{{0,4}}(?!\w){_QUOTE}|(?i:(?:his |her |their )?siblings?)\b)"
_REFERENCE = re.compile(rf"(?<![\w’'-]){_UNIT}(?:{_JOINED}{_ALSO})*|\b(?i:mr and mrs|mr & mrs)\s+[A-Z]{{1,2}}\b")
# The letters of a board, the number of the case and its year, as Welsh boards count theirs: "XYSCB 02/2019".
_COUNTED = re.compile(r"^(?:(?i:re):?\s+)?(?P<code>[A-Z]{2,8}\s?\d{1,3}/(?:19|20)\d\d)$")
_FILED = re.compile(r"\d/|/\w*\d")  # "XYSCB 2010/02", "XYSCB/SCR/02"
# In a title all in capitals small words look like codes: "CHILD IN NEED"; years and abbreviations are none either.
_NO_CODE = frozenset(
    "IN OF AND THE WHO AT AS ON IS TO BY FOR OR AN HAS NHS CSE CCE FGM MCA SCR SAR DHR SPR CSA LAC CP MH DEATH".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")

_LABEL = (
    r"(?:(?:case |review |report )?ref(?:erence)?(?: (?:number|no\.?|code))?|case name|subject(?: of (?:the )?(?:review|report))?|"
    r"name of (?:the )?(?:subject|case)|pseudonym)"
)
_VALUE = r"(?P<name>[\w/&‘’'-]+(?: [\w/&‘’'-]+){0,4})$"
# The first page may set a fact in two columns; elsewhere "Ref   Reason   Agency" is the head of a table.
_STATED_FIRST = re.compile(rf"^{_LABEL}\s*:?\s+{_VALUE}", re.IGNORECASE)
_STATED = re.compile(rf"^{_LABEL}\s*:\s+{_VALUE}", re.IGNORECASE)

_WORD = r"(?:[A-Z][a-z]{2,}|[A-Z]{4,})"
_CODE_ALONE = r"(?:[A-Z]{1,3}\d{1,4}|[A-Z]{1,3})"
_NAME = rf"(?:{_WORD}|{_CODE_ALONE})(?:\s*(?:,|&|(?i:\band\b))\s*(?:{_WORD}|{_CODE_ALONE}))*"
_MONTHS = "|".join(MONTHS)
_ENDS = rf"(?=\s*(?:$|[,.(:;–—]|(?i:in (?:{_MONTHS}|(?:19|20)\d\d)|who|aged|and (?:her|his|their))\b))"
_AFTER_REVIEW = re.compile(
    rf"(?i:\b(?:reviews?|report|scr|spr|sar|dhr|lcspr|cspr|dardr))\b\s*(?:\([^)]{{2,14}}\)\s*)?"
    rf"(?:[:–—-]\s*|(?i:(?:(?:into|in respect of|in relation to|concerning|regarding|relating to|about|re|on|of)\s+)?"
    rf"(?:the\s+)?(?:(?:\w+\s+)?(?:deaths?|case|murder|homicide|life|care|circumstances) of\s+)?))"
    rf"(?P<name>{_QUOTE}{_NAME}){_QUOTE}{_ENDS}"
)
_OF_A_DEATH = re.compile(
    rf"(?i:\b(?:deaths?|case|murder|homicide|life|circumstances|respect) of|\b(?:concerning|regarding))\s+{_QUOTE}(?P<name>{_NAME}){_QUOTE}{_ENDS}"
)
_ALONE = re.compile(rf"^{_QUOTE}(?P<name>{_NAME}){_QUOTE}$")
_AT_THE_END = re.compile(rf":\s*{_QUOTE}(?P<name>{_NAME}){_QUOTE}$")
_QUOTED_ALONE = re.compile(rf"^[‘“'\"](?P<name>{_NAME})[’”'\"]$")
# "Baby Jay", "Mrs Ogden": alone, or behind what kind of review it is.
_TITLED = re.compile(
    rf"(?:^|[:–—-]\s+|(?i:\b(?:reviews?|report|scr|spr|sar|dhr|lcspr|cspr|of|re|concerning|regarding))\s+){_QUOTE}"
    rf"(?P<name>(?:Baby|BABY|Mr|MR|Mrs|MRS|Ms|Miss|Mx|(?:Family|FAMILY)(?! (?i:support|courts?|group|hubs?|help|centres?|law|health|"
    rf"matters|justice|time|life|violence|first)\b))\s+(?P<own>{_WORD})){_QUOTE}(?=\s*(?:$|[,.(:;–—-]))"
)
# "The R Children", "the AB siblings"; with a name only where nothing follows: "The Linden children".
_OF_A_FAMILY = re.compile(
    rf"(?:^|[:–—-]\s+|(?i:\b(?:of|re|concerning|regarding))\s+){_QUOTE}(?P<name>(?i:the )?(?P<own>[A-Z]{{1,2}}\d?) "
    rf"(?i:children|siblings|family|brothers|sisters|twins)){_QUOTE}(?=\s*(?:$|[,.(:;–—-]))"
)
_OF_A_NAMED_FAMILY = re.compile(
    rf"(?:^|[:–—-]\s+){_QUOTE}(?P<name>(?i:the) (?P<own>{_WORD}) (?i:children|siblings|family|brothers|sisters|twins)){_QUOTE}$"
)
_PSEUDONYM = re.compile(rf"(?P<name>{_WORD})[’”'\"]?\s*\((?i:a |not (?:his|her|their) real name|pseudonym)")
_KNOWN_AS = re.compile(
    rf"(?i:\b(?:known|referred to|called|named|identified))(?i:\s+(?:here|throughout|hereafter|only|in this (?:report|review)|"
    rf"for (?:the purposes? of )?this (?:report|review)))*(?i:\s+(?:as|by the pseudonym))\s+"
    rf"(?P<name>{_UNIT}|[‘“'\"]{_NAME}(?=[’”'\"])|{_WORD}(?=[.,;]|\s+[a-z]))"
)
_PEOPLE = re.compile(
    r"\b(?:child|children|baby|infant|adult|young (?:person|people|man|woman)|boy|girl|man|woman|mother|father|subject|victim|"
    r"family|pseudonym|brother|sister|siblings?)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"(?i:\b(?:review|report)\b[^.;]{{0,60}}?\b(?:concerns?|is about|about|in respect of|into|relates to|focus(?:es)? on)\b[^.;]{{0,60}}?)"
    rf"(?P<name>{_UNIT}(?:{_JOINED}{_ALSO})*)"
)
# Words that stand alone or after "Review:" on title pages and are nobody's pseudonym.
_NO_NAME = re.compile(
    r"^(?:reviews?|reports?|final|overview|executive|summary|full|published|independent|thematic|learning|neglect|suicide|"
    r"exploitation|practice|methodology|lessons|briefing|combined|redacted|anonymised|version|draft|authors?|chair|subject|"
    r"volume|part|action|plan|introduction|contents?|confidential|restricted|official|sensitive|statement|response|foreword|"
    r"safeguarding|children|childrens|adults?|board|partnership|serious|case|local|domestic|homicide|abuse|death|child|young|"
    r"family|services?|recommendations?|findings|background|analysis|appendi\w*|confidentiality|date|page|the|this|from|"
    rf"{_MONTHS}|spring|autumn|winter|summer|"
    r"scr|sar|dhr|spr|lcspr|cspr|dardr|lscb|sab|lscp|scp|csp|nhs|icb|ccg|cse|cce|fgm|uk|imr|imrs|tor|hm|a|an|i|of|in|and|"
    r"mr|mrs|ms|miss|concerning|regarding|respect|relation|into|about|council|police|trust|county|borough|city)$",
    re.IGNORECASE,
)


def case_reference(
    front: Front, title: Stated | None, review_type: str, publisher: str | None, from_file: str | None
) -> Stated | None:
    """The case's reference as printed, with the noun's first letter a capital and without quotation marks.

    In this order: a stated fact ("Case reference: ..."), unless it is but the number under which a board keeps the case; the title;
    the first page; the running heads; a sentence of the opening that says under which name the report speaks of somebody. None
    rather than a name that may be the place's or the subject's of a thematic report.
    """
    places = Stated(title.value, title.page) if title else None
    titles = [places] if places else []
    if from_file and (not title or from_file != title.value):
        titles.append(Stated(from_file, None))
    first = [Stated(line.text.strip(), line.page) for line in front.first]
    wrapped = [Stated(text, page) for text, page in pairs(front.first)]
    margins = [Stated(line.text.strip(), line.page) for line in front.margins]
    stated = _stated(front)
    filed = stated is not None and _FILED.search(stated.value) is not None
    found = None if filed else stated
    for passages, is_title in ((titles[:1], True), ([*first, *wrapped], False), (margins, False)):
        found = found or _numbered(passages)
        if review_type in OF_A_CASE:
            found = found or _named(passages, publisher or "", title=is_title)
    if review_type in OF_A_CASE:
        found = found or _alone(front.first, publisher or "") or (None if filed else _in_a_sentence(front))
    counted = next((Stated(m["code"], p.page) for p in first if (m := _COUNTED.match(p.value))), None)
    return found or (stated if filed else None) or counted or _numbered(titles[1:])


def _stated(front: Front) -> Stated | None:
    first = [Stated(line.text.strip(), line.page) for line in front.first]
    first += [Stated(text, page) for text, page in pairs(front.first)]
    later = [Stated(line.text.strip(), line.page) for line in (*front.opening, *front.closing)]
    for pattern, passages in ((_STATED_FIRST, first), (_STATED, later)):
        for passage in passages:
            # A reference has a capital or a figure; "subject to change" is none.
            m = pattern.match(passage.value)
            if m and re.match(r"[‘'“]?[A-Z\d]", m["name"]) and not is_label(m["name"]):
                return Stated(_tidy(m["name"]), passage.page)
    return None


def _numbered(passages: Sequence[Stated]) -> Stated | None:
    """The first passage that has a noun with a letter or a number: "Child N", "DHR 7"."""
    for passage in passages:
        for m in _REFERENCE.finditer(passage.value):
            # "Six babies: a thematic overview" over two lines.
            article = re.search(r"\b[Aa]$", m.group()) is not None and re.match(r"\s+[a-z]", passage.value[m.end() :])
            if not _is_no_code(m.group()) and not article:
                return Stated(_tidy(m.group()), passage.page)
    return None


def _is_no_code(reference: str) -> bool:
    code = re.sub(rf"^{_NOUN}\s+", "", reference).strip("‘’“”'\" ")
    return code.split()[0] in _NO_CODE or _YEAR.fullmatch(code) is not None


def _named(passages: Sequence[Stated], publisher: str, *, title: bool) -> Stated | None:
    patterns = (_PSEUDONYM, _OF_A_DEATH, _AFTER_REVIEW, _QUOTED_ALONE, *((_AT_THE_END,) if title else ()))
    for passage in passages:
        for pattern in (_TITLED, _OF_A_FAMILY, _OF_A_NAMED_FAMILY):
            titled = pattern.search(passage.value)
            if titled and _is_name(titled["own"], publisher) and titled["own"] not in _NO_CODE:
                return Stated(_tidy(titled["name"]), passage.page)
        for pattern in patterns:
            for m in pattern.finditer(passage.value):
                if _is_name(m["name"], publisher):
                    return Stated(_tidy(m["name"]), passage.page)
    return None


def _alone(lines: Sequence[Line], publisher: str) -> Stated | None:
    """A name by itself in type that is larger than the page's smallest by a third."""
    smallest = min((line.size for line in lines), default=0.0)
    for line in lines:
        m = _ALONE.match(line.text.strip())
        if m and line.size >= 1.3 * smallest and _is_name(m["name"], publisher):
            return Stated(_tidy(m["name"]), line.page)
    return None


def _is_name(name: str, publisher: str) -> bool:
    """No word of it is common on title pages or part of the publisher's name: a place stands alone there too."""
    words = re.findall(r"\w+", name)
    places = {w.casefold() for w in re.findall(r"\w+", publisher)} - {"and"}
    parts = [w for w in words if w.casefold() != "and"]
    return bool(parts) and not any(_NO_NAME.match(w) or w.casefold() in places for w in parts)


def _in_a_sentence(front: Front) -> Stated | None:
    for page in dict.fromkeys(line.page for line in front.opening):
        text = running_text(front.opening, page)
        for name in _introduced(text):
            return Stated(_tidy(name), page)
    return None


def _introduced(text: str) -> Iterator[str]:
    for m in _KNOWN_AS.finditer(text):
        if _PEOPLE.search(text[max(0, m.start() - 100) : m.start()]) and not _NO_NAME.match(m["name"].strip("‘“'\"")):
            yield m["name"]
    for m in _ABOUT.finditer(text):
        if not _is_no_code(m["name"]):
            yield m["name"]


def _tidy(name: str) -> str:
    """Without quotation marks; "CHILD N" of a title in capitals as "Child N"; "DHR 7" as it is."""
    plain = re.sub(r"\s+", " ", re.sub(r"[‘“”\"]|(?<!\w)['’]|['’](?!\w)", "", name)).strip(" ,")
    return re.sub(r"[^\W\d_]+", _one_word, plain[:1].upper() + plain[1:])


def _one_word(m: re.Match[str]) -> str:
    word = m.group()
    if word.isupper() and word in ("MR", "MRS", "MS", "MISS"):
        return word.capitalize()
    if word == "AND":
        return "and"
    # Letters without a vowel are a board's: "XSCB 2010/02".
    long = len(word) >= 4 and word not in ("LCSPR", "CSPR", "DARDR") and set(word) & set("AEIOUY")
    return word.capitalize() if word.isupper() and long else word
