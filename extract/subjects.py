"""Who a passage says must act, by the place of the name in the sentence. Pure functions of text and framework."""

import re
from collections.abc import Iterator

from domain.framework import Framework
from extract.asks import IMPERATIVE
from extract.bodies import are_people, bodies_in, codes_in, group_at, is_printed_name, names_who

_DUTY = re.compile(
    r",?\s+(?:(?:also|jointly|urgently|therefore|now|immediately|each|both|all|together)\s+)?"
    r"(?:should|must|shall|ought to|needs? to|m(?:ay|ight) wish to|(?:is|are) (?:asked|required|requested|recommended|invited|"
    r"urged|advised|encouraged|expected) to|(?:is|are) to|will need to|will|ha(?:s|ve) to|"
    r"(?P<to>to))\b",
)
_TO_IMPROVE = re.compile(r"to\s+[^,;]{3,150},\s", re.IGNORECASE)
# Who speaks in a review.
_REVIEWER = r"(?:i|we|th(?:e|is) (?:review|panel|(?:independent |lead )*(?:author|reviewer)|overview report|report)s?)"
# What introduces the ask and says nothing of who must act: "It is further recommended that", "That".
_OPENING = re.compile(
    r"(?:(?:finally|further(?:more)?|in addition|secondly|thirdly|lastly|therefore),?\s+)?"
    rf"(?:(?:it is|{_REVIEWER})\s+"
    r"(?:\w+ly\s+|also\s+|further\s+|therefore\s+)*(?:recommend(?:s|ed)?|suggest(?:s|ed)?|propose[sd]?)\s+)?"
    r"that(?:,\s+[^,;:]{3,60},)?\s+",
    re.IGNORECASE,
)
# "The College considers whether the standards should be raised": what the body does, before any other word of duty.
_VERB_OF_ONE = re.compile(
    r"\s+(?:\w+ly\s+)?[a-z]{3,}s\s+(?:whether|how|that|the|an?|its|with|for|to|and|(?:in )?(?:all|each|every|their))\b"
)
# "To the Ministry, the reviewers recommend that:".
_TO_WHOM = re.compile(rf"To (?P<who>.{{3,100}}?), {_REVIEWER} (?:\w+ )?recommends?\b", re.IGNORECASE)
# "The Task Group recommends to Somewhere Police:".
_RECOMMENDS_TO = re.compile(
    r"[^.;:]{1,60}\brecommends?(?: the following)? to (?P<who>[^:;]{3,100}?)(?:,? that)?:$", re.IGNORECASE
)
# Before it may stand what the ask rests on: "Arising from the analysis in this report, the reviewer recommends that".
_RESTS_ON = re.compile(
    r"(?:arising|following|based|in (?:the )?light|having|as a result|on the basis)\b[^.;:]{3,120}?,\s+(?=(?:it|i|we|th(?:e|is))\b)",
    re.IGNORECASE,
)
# A reviewer who asks somebody to do something.
_ASKED_BY_REVIEW = re.compile(
    rf"{_REVIEWER}\s+"
    r"(?:\w+ly\s+|also\s+)*(?:asks?|invites?|urges?|calls? (?:up)?on|recommends?(?= (?:the|all|each)\b))\s+",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:how|what|when|where|why)\s+(?:will|does|is|are|can|has|have|do|should|could|might)\s+", re.IGNORECASE
)
_PASSIVE = re.compile(r"\s+(?:(?:also|always|then|now|routinely)\s+)*be\s+(?:\w+ly\s+)*(?P<verb>[a-z]+)\b")
# Whoever is told, sent or seen need not act. Whoever is reminded, asked or required to act must.
_RECEIVES = re.compile(
    r"(?:told|notified|informed|invited|given|sent|consulted|provided|offered|copied|contacted|seen|telephoned|alerted|updated|"
    r"briefed|included|commissioned|strengthened|improved|reviewed|audited|monitored|challenged|commended|thanked|made|visited|"
    r"extended|expanded|funded|inspected|asked(?! to))\b"
)
_ASK_OF_OTHERS = re.compile(
    r"\b(?:asks?|requires?|requests?|reminds?|instructs?|directs?|encourages?|urges?|invites?|expects?|advises?|calls? on)\s+"
    r"|(?:be|are)\s+(?:asked|required|reminded)\s+",
    re.IGNORECASE,
)
_JOINTLY = re.compile(
    r"\b(?:work(?:s|ing)? (?:together |jointly |closely )?with|agrees? with|jointly with|together with|along with|alongside|^with|(?<=, )with|"
    r"in (?:partnership|conjunction|collaboration) with|(?:assurance|evidence|confirmation) from)\s+",
    re.IGNORECASE,
)
_SEE_THAT = re.compile(
    r"\b(?:ensures?|makes? sure|see to it|satisf(?:y|ies) (?:itself|themselves|himself|herself)|assures? (?:itself|themselves)|"
    r"be (?:assured|satisfied)|(?:seeks?|gains?|obtains?) (?:assurance|evidence)|confirms?|assurance|requires?)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\s*(?:\w+ly\s+|also\s+|always\s+|each\s+|all\s+|both\s+)*"
    # Verbs of doing: "ensure that the board has access" asks nothing of the board.
    r"(?:(?:should|must)\b|"
    r"(?:attends?|follows?|knows?|sees?|asks?|tells?|understands?|recogni[sz]es?|responds?|notif(?:y|ies)|informs?|"
    r"refers?|records?|contacts?|visits?|discuss(?:es)?|escalates?|compl(?:y|ies)|sends?|keeps?|contributes?|looks?|acts?|"
    r"uses?|gives?|takes?|makes?|shares?|works?|reviews?|considers?|provides?|develops?|undertakes?|checks?|reports?|offers?|"
    r"carr(?:y|ies)|begins?|participates?|routinely|identif(?:y|ies))\b(?!\s+(?:is|are)\b))",
    re.IGNORECASE,
)
# "Each school identifies a governor to ...": what the infinitive says is not asked of the school.
_HAS_A_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|not|[a-z]{3,}s (?:an?|each|all|every|its|their|any|one|the))\b"
)
_VERB = re.compile(rf"(?:{IMPERATIVE.pattern[1:]})", re.IGNORECASE)
# "I recommend that the Chief Constable satisfy himself, and report to the Board, that officers know what they are to do".
_BARE_VERB = re.compile(rf"\s+(?:\w+ly\s+)?(?:be|have|satisfy|{_VERB.pattern})\b(?! (?:should|must|shall|will)\b)")
LONGEST = 25  # words of a subject
SHORT = 8  # words of a subject whose verb is an infinitive


def printed_addressee(text: str, framework: Framework) -> str | None:
    """Who must act, in the passage's own words; None where it names nobody.

    The subject of the first sentence that asks ("The Trust, together with the ICB, should ..."), past a clause that opens
    it; the agent of a passive ("It should be ensured by the Trust that ..."); the bodies after "recommended that", whose
    verb may stand without a modal. Not a body that is only told, sent or seen, nor a thing that bears an agency's name.
    """
    for pattern in (_TO_WHOM, _RECOMMENDS_TO):
        if (to := pattern.match(text.strip())) and names_who(to["who"], framework):
            return to["who"]
    for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", text.strip())[:3]:
        # "To improve the response, the partnership should ..." only begins like "To improve the response."
        if (IMPERATIVE.match(sentence) or _completes(sentence)) and not _TO_IMPROVE.match(sentence):
            return None
        sentence = _RESTS_ON.sub("", sentence, count=1) if _RESTS_ON.match(sentence) else sentence
        if found := _after_opening(sentence, framework):
            return found
        if duty := _first_duty(sentence):
            return _by_duty(sentence, duty, framework)
    return None


def _completes(sentence: str) -> bool:
    """Whether a sentence has its subject in a lead-in: "Asks the Director to ...", below "We recommend that the ICB:".

    Not "Reports should ...", whose first word is a noun.
    """
    first, _, rest = sentence.partition(" ")
    stems = {first[:-1], first[:-2], f"{first[:-3]}y"} if first.endswith("s") else set[str]()
    is_verb = any(stem and _VERB.fullmatch(stem) for stem in stems)
    return is_verb and (" that " in rest or _OBJECT.match(rest) is not None)


_OBJECT = re.compile(r"(?:the|an?|all|each|every|its|their|how|whether)\b|[A-Z]")


def _first_duty(sentence: str) -> re.Match[str] | None:
    """The first verb of duty. An infinitive is one where a plan leaves out the modal: "The police to review ..."."""
    for m in _DUTY.finditer(sentence):
        before = sentence[: m.start()]
        if m["to"] and before.lower().endswith("in order"):
            continue
        short = len(before.split()) <= SHORT and not _HAS_A_VERB.search(before)
        if not m["to"] or (short and IMPERATIVE.match(sentence[m.start("to") :])):
            return m
    return None


def _after_opening(sentence: str, framework: Framework) -> str | None:
    """The bodies after "It is recommended that", "That", "The review asks" or "How will"."""
    for opening in (_OPENING, _ASKED_BY_REVIEW, _QUESTION):
        if not (m := opening.match(sentence)):
            continue
        rest = sentence[m.end() :]
        duty = _first_duty(rest)
        end = group_at(sentence, m.end(), framework)
        acts = end is not None and any(verb.match(sentence, end) for verb in (_VERB_OF_ONE, _BARE_VERB))
        if opening is _OPENING and duty and not acts and (who := _by_duty(rest, duty, framework)):
            return who
        if end is not None:
            return sentence[m.end() : end].strip()
    return None


def _by_duty(sentence: str, duty: re.Match[str] | None, framework: Framework) -> str | None:
    if duty is None:
        return None
    rest = sentence[duty.end() :]
    passive = _PASSIVE.match(rest)
    if passive and (agent := _agent(rest, passive.end(), framework)):
        return agent
    if passive and _RECEIVES.match(rest, passive.start("verb")):
        return None
    return _subject(sentence[: duty.start()].strip(), framework)


def _agent(rest: str, start: int, framework: Framework) -> str | None:
    """The bodies after "by", in the clause of a passive verb."""
    by = re.compile(r"[^,.;:]{0,60}?\bby\s+").match(rest, start)
    end = group_at(rest, by.end(), framework) if by else None
    return rest[by.end() : end].strip() if by and end is not None else None


# A closed list: any word in -ly would take the name off "Brackenly Homes".
_OPENED = re.compile(
    r"(?:Finally|Lastly|Firstly|Secondly|Thirdly|Additionally|Similarly|Equally|Accordingly|Consequently|Subsequently|Specifically|"
    r"Particularly|Importantly|Separately|Immediately|Urgently|Clearly|Jointly|Collectively|Ideally|Locally|Regionally|Nationally|"
    r"Also|Therefore|[Tt]hat)\s+"
)


def _subject(words: str, framework: Framework) -> str | None:
    """A subject without what introduces it: "Before a case is closed, the school" gives "the school"."""
    starts = [0, *(m.end() for m in re.finditer(r",\s+(?:that\s+)?", words))]
    opened = _OPENED.match(words)
    for start in [*([opened.end()] if opened else []), *starts]:
        who = words[start:].strip(" ,")
        named, colon, _ = who.partition(": ")
        if colon and names_who(named, framework):
            return named  # "Police: officers should ..."
        for part in (who, re.split(r",? as (?:the|an?|its|their)\b|, as\b", who)[0]):
            if (
                part
                and len(part.split()) <= LONGEST
                and not _is_clause(part)
                and _may_act(part, framework, alone=start == 0)
            ):
                return part
    return _at_the_end(words, framework)


def _at_the_end(words: str, framework: Framework) -> str | None:
    """The bodies with which a phrase ends that no comma parts from them: "In the light of this analysis the Board"."""
    if not _is_clause(words) or "," in words:
        return None
    starts = (m.start() for m in re.finditer(r"\b(?:the|all|each|every|both) ", words))
    return next((words[at:] for at in starts if group_at(words, at, framework) == len(words)), None)


# "Ask the provider ..." has no subject; nor has what begins like any other ask.
_ASKS = re.compile(rf"(?:show|see|open|put)\b|{IMPERATIVE.pattern[1:]}", re.IGNORECASE)


def _may_act(who: str, framework: Framework, *, alone: bool) -> bool:
    """Whether a passage names who acts; behind a comma people must be introduced, or it may be the rest of a sentence."""
    people = are_people(who) and not _ASKS.match(who) and (alone or _DETERMINER.match(who) is not None)
    return people or (alone and is_printed_name(who)) or names_who(who, framework)


_DETERMINER = re.compile(r"(?:the|all|each|every|both|any|these|those|[A-Z]\w+)\b")


def _is_clause(words: str) -> bool:
    """Words that open a clause or a phrase about when and how, and no name."""
    return (
        re.match(
            r"(?:to|before|after|when|where|whenever|wherever|if|in|for|following|given|as|within|by|during|at|on|once|until|"
            r"while|although|because|since|with|through|there|it|this|these|under|from)\b",
            words,
            re.IGNORECASE,
        )
        is not None
    )


_FOR = re.compile(
    r"^(?:[\d.]+\s+|(?:finding|theme)\s+\w+\s*[:–—-]\s*)?(?:(?:[\w-]+\s+){0,3}?(?:recommendations?|actions?|questions?|considerations?|issues|challenges|improvement)\s*"
    r"(?:[:–—-]\s*|(?:made )?(?:for|to)\s+)|for\s+)(?P<who>.+?)(?:\s+to (?:consider|address|answer).*)?$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"^(?:[\d.]+\s+)?(?P<who>.+?)(?:\s+(?:recommendations?|actions?)|\s+(?:should|must|needs? to|to)(?: \w+)?)?$",
    re.IGNORECASE,
)


_TO = re.compile(r"^To (?=the |all |each |every |[A-Z])")  # "To the Government" heads what is recommended to it


def addressee_in_heading(heading: str, framework: Framework) -> str | None:
    """Who a heading speaks to: "Questions for the Board" and "The Board should:" give the Board; None where it names a topic.

    A heading that only contains an agency ("Information about this local authority") speaks to nobody.
    """
    plain = _TO.sub("", heading.strip().rstrip(" :."))
    for pattern in (_FOR, _OWN):
        m = pattern.match(plain)
        who = m["who"].strip(" :–—-") if m else ""
        if who and (_is_only_a_name(who, framework) or (pattern is _FOR and are_people(who))):
            return who
    return None


_TOPIC_BEFORE = re.compile(
    r"^(?:information|inspection|re-?inspection|review|report|findings?|the (?:response|role|work|experience)|joint|focused|"
    r"leadership|summary|about|working|support|contact|"
    # Whose they are, and not whom they ask.
    r"(?:recommendations?|actions?) (?:of|from|by|made by|arising)|"
    # "Fathers and partners" is a subject, and the partners are no agencies.
    r"(?:fathers?|mothers?|parents?|carers?|children|families|babies|men|women|young people)(?!['’]))\b",
    re.IGNORECASE,
)


# "Improving systems and practice", but "Housing and Commissioning".
_DOING = re.compile(
    r"(?!housing|nursing|commissioning|licensing)[a-z]{3,}ing\b(?! (?:trust|team|service|board))", re.IGNORECASE
)


def _is_only_a_name(words: str, framework: Framework) -> bool:
    topic = _TOPIC_BEFORE.match(words) or _DOING.match(words)
    name = len(words.split()) <= 16 and not topic and names_who(words, framework)
    return name and not _names_a_subject_beside(words, framework)


_NO_NAME = re.compile(
    r"\b(?:national|local|regional|strategic|operational|multi|single|inter|agency|general|other|further|training|practice|policy|"
    r"recommendations?|actions?|learning|lessons?|findings?|themes?|analysis|conclusions?|introduction|background|summary|appendix|"
    r"annex|glossary|children|families|information|review|report|plan|progress|next steps)\b",
    re.IGNORECASE,
)


def is_like_a_name(words: str) -> bool:
    """Whether a heading has the look of a name, though no list knows it: two to six words, in capitals, that say no subject."""
    tokens = words.strip(" :.").split()
    capitals = all(t[:1].isupper() for t in tokens if t.isalpha() and t not in {"and", "of", "for", "the", "in"})
    if _DOING.match(words) and len(tokens) > 2:
        return False  # but charities are called "Turning Tide"
    return 2 <= len(tokens) <= 6 and capitals and not _NO_NAME.search(words) and not _TOPIC_BEFORE.match(words)


def _names_a_subject_beside(words: str, framework: Framework) -> bool:
    """Whether something else than a body is named with one: "CAMHS and out of area placements"."""
    after = words[max(m.end for m in bodies_in(words, framework)) :] if bodies_in(words, framework) else ""
    beside = re.match(r"\s*,?\s*(?:and|&)\s+(?P<what>.+)", after)
    return beside is not None and not are_people(beside["what"]) and not re.search(r"[A-Z]", beside["what"])


def others_who_act(text: str, framework: Framework) -> tuple[str, ...]:
    """Codes of those whom the passage has act beside its addressee: whom it is to ask, to work with, or to see do something."""
    codes: list[str] = []
    for start, needs_verb in _openings(text):
        end = group_at(text, start, framework)
        if end is None:
            continue
        after = text[end : end + 80]
        if needs_verb is None or needs_verb.match(after):
            codes += codes_in(text[start:end], framework)
    return tuple(dict.fromkeys(codes))


_TO_ACT = re.compile(r"[^.;]{0,70}?\b(?:to|that)\b")


def _openings(text: str) -> Iterator[tuple[int, re.Pattern[str] | None]]:
    """Where bodies may stand that must act too, and what must follow them there to say so."""
    for pattern, after in ((_ASK_OF_OTHERS, _TO_ACT), (_JOINTLY, None), (_SEE_THAT, _ACTS)):
        for m in pattern.finditer(text):
            yield m.end(), after
