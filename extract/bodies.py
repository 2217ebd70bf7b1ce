"""Bodies that a passage names: which agencies they are, where the names of several in a row end, and what is no name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.framework import Entry, Framework
from domain.language import BOARD_LETTERS, Mention, mentions
from domain.short_names import KINDS

COUNCIL = "local-authority"
BOARD = "partnership"
EVERYBODY = "all-partners"
LONGEST_GROUP = 300  # characters of a row of bodies
# Parts of a council: "Eastmoor Council, children's services" is one body, and the department says which.
DEPARTMENTS = frozenset(
    {
        "children-social-care", "adult-social-care", "public-health", "early-help-services", "housing", "youth-justice",
        "education", "early-years",
    }
)  # fmt: skip

# "Somewhere Council" is known by its last word, which other bodies share.
_COUNCIL = re.compile(
    r"(?<!\w)(?:[A-Z][\w’'-]* )+Council(?!\w)|(?<=\bthe )council(?=\s+(?:should|must|to|will|and)\b)"
    # A council's own: "the Cabinet Member for Children".
    r"|(?<!\w)Cabinet(?: Members?)?(?!\w| Office| Secretary| minister)"
    r"|(?<![Pp]arish )(?<![Tt]own )(?<![Yy]outh )(?<![Ss]chool )(?<!\w)councils(?=,|\s+(?:should|must|to|will|and)\b)"
)
# What community safety partnerships call themselves: "the Safer Eastmoor Partnership".
_SAFER = re.compile(r"\bSafer (?:[A-Z][\w’'-]* (?:and )?){1,4}Partnership\b")
_OTHER_COUNCIL = re.compile(
    r"\b(?:Care|Youth|Children|Student|School|Parish|Town|Nursing|Medical|Chiefs|Professions)\W+Council", re.I
)

_PEOPLE = (
    r"(?:managers?|leaders?|leadership|staff|officers?|practitioners?|professionals?|commissioners?|directors?|chairs?|heads?|"
    r"chief executives?|leads?|workers?|members?|teams?|providers?|partners?|representatives?|those|colleagues|nurses|doctors|"
    r"clinicians|supervisors?|agencies|services?|trusts?|boards?|bodies|organisations?|constables?|inspectors?|governors|"
    r"sub-?groups?|groups?|forums?|networks?|committees?|executives?|partnerships?|departments?|settings|units?|practices|hubs?)"
)
_SMALL = (
    r"(?:the|all|each|every|both|its|their|any|local|partner|relevant|other|wider|statutory|member|key|named|designated|senior|"
    r"chief|independent|lead|team|operational|strategic|front-?line|executive|acute|national|and|of|&|two|three|first|line|"
    r"qualified|social|safeguarding)"
)
# No word is both of these: a passage of nothing but "The" would else be read in every combination.
_CAPITAL = rf"(?:(?!(?i:{_SMALL})\b)[A-Z][\w’'&/-]*|\([A-Z][A-Za-z]+\))"
# What may stand before the first agency's name for the passage to be a name of it, or of people in it.
_BEFORE = re.compile(
    rf"(?:(?i:{_SMALL})[,\s]+|{_CAPITAL}[,\s]+)*"
    rf"(?:(?:(?i:{_SMALL})\s+)*(?i:{_PEOPLE})\s+(?:in|of|from|at|within|across|for|on|responsible for|working (?:in|for))\s+)?"
    rf"(?:(?i:{_SMALL})\s+|{_CAPITAL}\s+)*"
)
_AFTER = re.compile(
    rf"\)?\s*(?:$|['’]s?\s+(?:[\w-]+\s+){{0,3}}{_PEOPLE}\b|(?:[\w-]+\s+)?{_PEOPLE}\b|[,(&/]|"
    r"(?:in|of|who|that|which|whose|and|or|across|within|on|at|from|for|with|through|via|working|responsible|commissioned|based|"
    r"involved|concerned|together|jointly|also|themselves|itself|alone)\b)",
    re.IGNORECASE,
)
_JOINT = (
    r"(?:and|&|/|or|of|for|together with|along with|in (?:partnership|conjunction|collaboration) with|jointly with|working with|"
    r"with|as well as|alongside|supported by|via|through)"
)
_GAP = re.compile(
    rf"\s*(?:\([A-Z][\w&]*\))?\s*,?\s*(?:(?:{_JOINT})\s*)?(?:(?i:{_SMALL})\s+|{_CAPITAL}\s+|(?i:{_PEOPLE})\s+(?:in|of|from)\s+)*",
)
# The last words of a body that no list knows: "Ostrey Homes", "Lantern Street Hostel".
_ORGANISATION = re.compile(
    r"\b(?:council|trust|board|partnership|homes?|services?|centre|school|academy|college|university|hospitals?|hospice|hostel|"
    r"limited|ltd|association|teams?|(?:sub-?)?group|police|constabulary|authority|surgery|practice|housing|agency|agencies|department|"
    r"ministry|office|NHS|panel|unit|provider|providers|charity|company|society|foundation|federation|nursery|forum|executive|committee|nursing)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:information|inspection|review|report|findings?|response|role|learning|leadership|management|sharing|training|"
    r"supervision|assessments?|planning|voice|neglect|recommendations?|actions?|summary|conclusions?|analysis|background|"
    r"about|themes?|lessons?|appendix|annex|single|individual|multi)\b",
    re.IGNORECASE,
)


_CAPITALISED = re.compile(r"(?:[Tt]he )?[A-Z][\w’'-]*(?: (?:(?:and|of|for|the|from|in|to) )?[A-Z][\w’'-]*){1,7}")

# What a report calls a body once it has named it in full; which kind of body it is the words do not say.
_SHORT_NAME = re.compile(rf"[Tt]he (?:{'|'.join(KINDS)})(?!\w)(?!\s+[A-Z])")


# "Home care agencies" and "letting agencies" are businesses of one kind: nobody else is asked.
_KIND_OF_AGENCY = re.compile(
    r"\b(?:care|nursing|lettings?|estate|employment|recruitment|staffing|supply|adoption|fostering|enforcement)\s+$",
    re.IGNORECASE,
)


def is_short_name(words: str) -> bool:
    """Whether words are what a report calls a body that it has named in full elsewhere: "The Trust"."""
    return _SHORT_NAME.fullmatch(words.strip()) is not None


def bodies_in(words: str, framework: Framework) -> tuple[Mention, ...]:
    """Every agency that a passage names, in order; a council also where only its place is named with it."""
    known = tuple(
        m
        for m in mentions(words, framework.agencies)
        if not (m.code == EVERYBODY and _KIND_OF_AGENCY.search(words[: m.start]))
    )
    if BOARD in framework.agency_codes:
        boards = [
            Mention(m.start(), m.end(), BOARD) for pattern in (BOARD_LETTERS, _SAFER) for m in pattern.finditer(words)
        ]
        apart = [b for b in boards if not any(k.start < b.end and b.start < k.end for k in known)]
        known = tuple(sorted([*known, *apart], key=lambda m: m.start))
    if COUNCIL not in framework.agency_codes:
        return known
    councils = [
        Mention(m.start(), m.end(), COUNCIL)
        for m in _COUNCIL.finditer(words)
        if not _OTHER_COUNCIL.search(m.group()) and not any(k.start < m.end() and m.start() < k.end for k in known)
    ]
    return tuple(sorted([*known, *councils], key=lambda m: m.start))


def codes_in(words: str, framework: Framework) -> tuple[str, ...]:
    """Codes of the agencies that a passage names, each once; of a council named with its department, the department's."""
    found = bodies_in(words, framework)
    kept = [m for i, m in enumerate(found) if not (m.code == COUNCIL and _is_department_beside(words, found, i))]
    return tuple(dict.fromkeys(m.code for m in kept))


def _is_department_beside(words: str, found: Sequence[Mention], index: int) -> bool:
    council = found[index]
    for other in (*found[index + 1 : index + 2], *found[max(0, index - 1) : index]):
        if other.code not in DEPARTMENTS:
            continue
        if other.start > council.end:
            gap = words[council.end : other.start]
            # After a comma only where nothing follows: "the council, children's social care and the police" are three.
            last = other is found[-1] and re.search(r"\band\b|&", words[other.end :]) is None
            if re.fullmatch(r"(?:['’]s?)?\s*[(–-]?\s*", gap) or (last and re.fullmatch(r"\s*[,:]\s*", gap)):
                return True
        elif re.fullmatch(
            r"\s+(?:of|at|in|within)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s+)*", words[other.end : council.start]
        ):
            return True
    return False


def names_who(words: str, framework: Framework) -> bool:
    """Whether a passage is the name of bodies or of people in them: "Team managers in all agencies", "NHS Somewhere".

    "Referrals to the police" and "GP records" name an agency and are things.
    """
    found = bodies_in(words, framework)
    if not found:
        return is_named_body(words)
    if _BEFORE.fullmatch(words[: found[0].start]) is not None and _AFTER.match(words[found[-1].end :]) is not None:
        return True
    # A name of its own round that of an agency: "Eastmoor Housing Society".
    tokens = words.split()
    capitals = all(t[:1].isupper() for t in tokens)
    return capitals and is_named_body(words) and _ORGANISATION.fullmatch(tokens[-1]) is not None


# People by what they do, and bodies by their kind, whom no list of agencies knows: "Team managers", "Every provider of NHS care".
_KIND = (
    r"(?:managers?|leaders?|staff|officers?|practitioners?|professionals?|commissioners?|directors?|chairs?|heads?|chief executives?|"
    r"leads?|workers?|members?|teams?|providers?|partners?|those|colleagues|nurses?|doctors?|clinicians|supervisors?|agenc(?:y|ies)|"
    r"services?|trusts?|boards?|bod(?:y|ies)|organisations?|constables?|inspectors?|governors|governing body|sub-?groups?|groups?|"
    r"(?:sub-?)?committees?|executives?|departments?|settings|units?|partnerships?|schools?|colleges?|regulators?|reviewers?|coordinators?|assessors?|desk|"
    r"force|author(?:ity|ities)|panel|practitioners?|advocates?|midwives|teachers|paediatricians?|psychiatrists?|guardians?|"
    # "The practice" is one of doctors; "the practice of recording" is none.
    r"practices|(?<=the )practice(?! of\b)|surger(?:y|ies))"
)
_NO_PREPOSITION = r"(?!(?:to|of|for|by|with|about|from|on|in|at|is|are|was|were|that|which|and|or)\b)"
_PEOPLE_AS_SUBJECT = re.compile(
    rf"(?:{_NO_PREPOSITION}[\w’'-]+\s+){{0,4}}?{_KIND}(?:(?:,| and|, and| or)\s+(?:{_NO_PREPOSITION}[\w’'-]+\s+){{0,3}}?{_KIND})*"
    r"(?:,? (?:who|that|whose|in|of|from|at|within|across|for|on|with|working|responsible|involved|concerned|including|represented|"
    r"providing|attending|contributing|supporting|delivering|commissioned|named|listed)\b.*)?,?",
    re.IGNORECASE,
)


def are_people(words: str) -> bool:
    """Whether the subject of a sentence is people by what they do, or bodies by their kind, whatever their agency."""
    return _PEOPLE_AS_SUBJECT.fullmatch(words.strip()) is not None


_OFFICER = re.compile(
    r"\b(?:managers?|officers?|heads?|leads?|directors?|nurses?|doctors?|midwi(?:fe|ves)|workers?|superintendents?|inspectors?|sergeants?|"
    r"constables?|advis[eo]rs?|co-?ordinators?|chief executive|chairs?|principals?|gps?|solicitors?)\b(?! of (?:schools?|colleges?))",
    re.IGNORECASE,
)


def is_officer(words: str) -> bool:
    """Whether words name somebody by an office and no body: "Head of Midwifery", "Designated Doctor for Safeguarding"."""
    office = _OFFICER.search(words)
    return office is not None and (office.start() == 0 or not is_named_body(words))


def is_head_of(words: str) -> bool:
    """Whether words begin with an office: "Head of Children's Services" may be any body's, "Public Health Manager" is one of its own."""
    return _OFFICER.match(words) is not None


def is_named_body(words: str) -> bool:
    """A body that the framework does not know, by its name: capitals throughout and a word that bodies have."""
    if _SHORT_NAME.fullmatch(words.strip()):
        return True
    plain = re.sub(r"^(?:the|The)\s+|\s*\([^)]*\)$", "", words.strip())
    tokens = plain.split()
    capitals = all(t[:1].isupper() for t in tokens if len(t) > 3)
    # "Head of Service" and "Service Manager" are somebody in a body.
    office = _OFFICER.match(plain) or (tokens and _OFFICER.fullmatch(tokens[-1]))
    return (
        2 <= len(tokens) <= 8
        and capitals
        and not office
        and _ORGANISATION.search(plain) is not None
        and not _TOPIC.search(plain)
    )


def is_printed_name(words: str) -> bool:
    """Whether words are a name in capitals that ends as those of bodies do: "The Learning and Improvement Group".

    For the subject of a sentence only: as a heading it may announce what such a group is about.
    """
    return _CAPITALISED.fullmatch(words) is not None and _ORGANISATION.fullmatch(words.split()[-1]) is not None


def group_at(words: str, start: int, framework: Framework) -> int | None:
    """Where a row of bodies ends that begins at `start`: "the police and children's social care | agree"; None: none does."""
    if short := _SHORT_NAME.match(words, start):
        return short.end()
    found = bodies_in(words[start : start + LONGEST_GROUP], framework)
    if not found or not _BEFORE.fullmatch(words[start : start + found[0].start]):
        name = _CAPITALISED.match(words, start)
        return name.end() if name and (is_named_body(name.group()) or is_printed_name(name.group())) else None
    end = start + found[0].end
    for mention in found[1:]:
        if not _GAP.fullmatch(words[end : start + mention.start]):
            break
        end = start + mention.end
    closing = re.match(r"\s*\([A-Z][\w&]{1,9}\)", words[end:])
    return end + closing.end() if closing else end


def parts_of(words: str, framework: Framework) -> int:
    """How many bodies a printed addressee joins; a place's two names, or a council and its department, make one."""
    parts = re.split(r"\s*(?:[,;/&]|\band\b|\bor\b|\bwith\b)\s*", words)
    named = [p for p in parts if p and (bodies_in(p, framework) or _ORGANISATION.search(p))]
    codes = codes_in(words, framework)
    inside = sum(codes_in(part, framework) == (COUNCIL,) for part in named) if COUNCIL not in codes else 0
    return len(named) - inside


def with_abbreviations(framework: Framework, texts: Iterable[str]) -> Framework:
    """The framework with a report's own abbreviations: "Eastmoor Safeguarding Adults Board (ESAB)" makes ESAB the board."""
    text = " ".join(texts)
    known = {s for entry in framework.agencies for s in entry.synonyms}
    new: dict[str, str] = {}
    for m in re.finditer(r"\((?:the |hereafter )?[“‘\"']?([A-Z][A-Za-z&]{1,9})[”’\"']?\)", text):
        short, before = m[1], text[max(0, m.start() - 120) : m.start()].rstrip()
        if short in known or short in new or sum(c.isupper() for c in short) < max(2, len(short) - 1):
            continue
        named = [b for b in bodies_in(before, framework) if b.end == len(before)]
        if named and _initials_fit(short, before):
            new[short] = named[0].code
    if not new:
        return framework
    agencies = tuple(_with(entry, [s for s, code in new.items() if code == entry.code]) for entry in framework.agencies)
    return replace(framework, agencies=agencies)


def _with(entry: Entry, more: Sequence[str]) -> Entry:
    return replace(entry, synonyms=(*entry.synonyms, *more)) if more else entry


def _initials_fit(short: str, words: str) -> bool:
    """Whether the letters of an abbreviation are the initials, in order, of the words just before it."""
    letters = [c for c in short.upper() if c.isalpha()]
    for word in reversed(re.findall(r"[A-Za-z][\w’'-]*", words)[-12:]):
        if letters and word[0].upper() == letters[-1]:
            letters.pop()
    return not letters
