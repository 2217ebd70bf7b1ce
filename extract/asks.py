"""Does a passage ask somebody to do something? Pure functions of text."""

import re

_MODAL = re.compile(
    r"\b(?:should|must|needs? to|ought to|(?:is|are) to(?! (?:the|an?|their|his|her|its|this|be (?:\w+ly )?(?:welcomed|commended|"
    r"congratulated|found|seen|hoped|regretted|noted)))|shall|is asked to|are asked to|is required to|are required to|"
    r"is recommended|are recommended|recommends?|it is essential that|seeks? assurance|to (?:ensure|review|develop|consider|"
    r"provide|undertake|seek|agree|establish|work|commission|audit|report|include|produce|share|strengthen|promote|raise))\b",
    re.IGNORECASE,
)
# What somebody ought to have done is the story of the case, not an ask of anybody.
_PAST_DUTY = re.compile(
    r"\b(?:should|must|ought to|needed to)(?: not| also| then| therefore)? have "
    r"(?:(?:also|then|always|never|been|all|both) )*(?:been|\w+ed|\w+en|made|had|known|done|gone|led|met|kept|told|held|set|"
    r"sought|put|found|left|brought|thought|become|felt|heard|sent|shown)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:should|must|shall|ought to|needs? to|(?:is|are) (?:asked|required) to|recommend(?:s|ed)?)\b", re.I
)
# Verbs that open an ask in the imperative. A closed list of the field's own: any verb would take "Children were..." too.
IMPERATIVE = re.compile(
    r"^(?:to )?(?:accelerate|act|address|adopt|agree|align|allow|amend|apply|appoint|arrange|ask|assess|assure|audit|avoid|"
    r"begin|bring|build|carry out|cease|challenge|check|clarify|collaborate|commission|complete|conduct|confirm|consider|"
    r"consult|continue|coordinate|co-ordinate|create|deliver|demonstrate|design|develop|disseminate|draw|embed|enable|"
    r"encourage|engage|enhance|ensure|equip|establish|evaluate|evidence|examine|expand|explain|explore|extend|facilitate|"
    r"finalise|formalise|fund|further|give|hold|identify|implement|improve|include|increase|influence|inform|instruct|"
    r"introduce|investigate|invite|issue|keep|launch|"
    # "Lead officers will report" names somebody.
    r"lead(?! (?:officers?|agenc(?:y|ies)|reviewers?|professionals?|partners?|members?|directors?|bod(?:y|ies))\b)|"
    r"learn|liaise|maintain|make|manage|monitor|notify|offer|oversee|pilot|plan|prepare|prioritise|produce|progress|promote|"
    r"provide|publish|put|raise|recognise|record(?! keeping)|recruit|reduce|refresh|reinforce|remind|remove|replace|report|"
    r"request|require|research|resolve|respond|restore|revise|review|revisit|scope|secure|seek|send|set|share|sharpen|"
    r"simplify|speed|stop|strengthen|streamline|supply|support|swiftly|take|tackle|tell|test|track|train|treat|undertake|"
    r"update|urge|urgently|use|validate|widen|work|write)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"^that\s+(?:the|all|each|every|any|partner|local|nhs|wider|a|an)?\b", re.IGNORECASE)

# Sentences that introduce, close or describe the list and ask for nothing themselves.
_ABOUT_THE_LIST = re.compile(
    r"^(?:the (?:following|above|recommendations?|review(?:er)?s?|report|author|panel|board|partnership)\b"
    r"(?!.{0,40}\b(?:should|must|shall)\b).{0,80}\b"
    r"(?:recommendations?|actions?) (?:are|were|have been|that follow|below|above|is|made|set out|in this)|"
    r"(?:the|these|those|all|both|some) (?:[\w-]+ ){0,3}recommendations? (?:are|were|have|has|is|concern|relate|deal|follow|will|"
    r"may|can|arise|come)\b|"
    r"(?:(?:this|the) (?:review|report|chapter|section|panel|overview report|author|(?:independent |lead |overview )*reviewers?)|"
    r"i|we)\b.{0,60}\b(?:makes?|sets? out|has made|contains?|lists?|brings)\b|"
    r"these recommendations|each (?:recommendation|is followed|agency)\b(?!.{0,60}\b(?:should|must)\b).{0,60}\brecommendation|the recommendations\b|"
    r"(?:all|both|many|most|some|several|none) of (?:the|these) recommendations|recommendations (?:are|were|have|will)\b|"
    r"progress (?:on|against|with|will)|no (?:further |other )?recommendation|it is not the purpose|"
    r"the table (?:below|above|overleaf|that follows)\b|"
    # "In order to improve, the council should take the following action."
    r".{0,200}\b(?:take|address|complete|implement|carry out) the following (?:[\w-]+ )?(?:actions?|steps|areas|points|recommendations?)[.:]?$|"
    # A review asks others. What its own author or panel hopes, thinks or thanks for is not asked of anybody.
    r"(?:the|this) (?:panel|author|(?:independent |lead |overview )*reviewers?|overview report|report|review)\b"
    r"(?!.{0,40}\b(?:recommends|(?<!to )recommend|should|must|shall|needs? to|ought to)\b))",
    re.IGNORECASE,
)

# A remark on the list as a whole, or on how it was made, which may hold a "should" of its own.
_REMARK = re.compile(
    r"^(?:in (?:framing|making|drafting|writing|considering|forming|reaching) (?:them|these|the|its|his|her|my|our)\b|"
    r"(?:a|each|every|any|no) recommendation\b|"
    r"(?:these|those|they|all of (?:them|these)|the above|taken together|together),?\s+(?:are|were|is|should be read|must be read|"
    r"need to be read|will|have been|form|do not)\b|"
    r"(?:the|this) (?:panel|author|(?:independent |lead |overview )*reviewers?|report|review)s?\b.{0,30}\b(?:does not|do not|did not|"
    r"decided against|makes? no)\b|"
    r"(?:the|this) (?:(?!should|must|shall|will|may)[\w’'-]+ ){1,4}(?:considered|discussed|debated) whether\b|"
    r"(?:i|we) (?:considered|discussed|thought about|debated) whether\b|"
    r"my recommendations?\b|"
    r"the (?:board|partnership|panel|executive)\b.{0,30}\bwill (?:publish|issue|prepare|produce)\b.{0,30}\b(?:response|reply|action plan)|"
    r".{0,90}\b(?:will|should expect to be|expects? to be) (?:oversee|overseen|monitor|monitored|track|tracked|asked (?:for|in))\b)",
    re.IGNORECASE,
)
# Of those, the ones that look back on a list that is complete.
_LOOKS_BACK = re.compile(
    r"^(?:these|those|they|all of (?:them|these)|the above|taken together|together)\b|"
    r"^.{0,90}\b(?:will|should expect to be|expects? to be) (?:oversee|overseen|monitor|monitored|track|tracked|asked (?:for|in))\b|"
    r"^progress (?:on|against|will)\b|\bmakes? no (?:further|other|more) recommendations?\b|\bdoes not (?:make|recommend)\b",
    re.IGNORECASE,
)

_RECOMMENDS = re.compile(
    r"\b(?:(?:this|the) (?:review|report|panel|author|reviewer|overview report)s?\s+(?:[^.;:?]{3,60}\s+and\s+)?"
    r"(?:\w+ly\s+|also\s+|therefore\s+|further\s+)?"
    r"recommends?\s+that|it is (?:\w+ly |therefore |also |further )?recommended(?:,[^.;]{5,160},| by the \w+)? that|(?:is|are) (?:\w+ )?"
    r"recommended to\b|i (?:therefore )?recommend that|"
    r"we (?:therefore )?recommend that|a (?:further )?recommendation is (?:therefore )?(?:made )?that)\b",
    re.IGNORECASE,
)


def without_past_duties(text: str) -> str:
    """A passage less what somebody ought to have done: the story of the case, not an ask of anybody."""
    return _PAST_DUTY.sub("", text)


def names_recommendations(text: str) -> bool:
    """Whether a text has the noun at all: most have not, and need not be looked at closely."""
    return "ecommendation" in text or "ECOMMENDATION" in text


def is_directive(text: str) -> bool:
    """Whether a passage asks for something: a modal of duty, an imperative of the field, or a "That the Board..." clause."""
    plain = text.strip().lstrip("“\"'(")
    if is_about_the_list(plain):
        return False
    if IMPERATIVE.match(plain) or _THAT.match(plain) or recommends_in_prose(plain):
        return True
    return _MODAL.search(_PAST_DUTY.sub("", plain)) is not None


def says_duty(text: str) -> bool:
    """Whether a passage has a verb of duty: what it names is then not a subject only."""
    return _STRONG.search(text) is not None


def asks_in_so_many_words(text: str) -> bool:
    """Whether the first or the second sentence of a passage says that somebody should do something.

    For chapters that also tell and conclude: there an infinitive or a turn of speech further down makes no ask.
    """
    if not is_directive(text):
        return False
    plain = text.strip().lstrip("“\"'(")
    opening = " ".join(re.split(r"(?<=[.?!])\s+", _PAST_DUTY.sub("", plain))[:2])
    return bool(IMPERATIVE.match(plain) or _THAT.match(plain) or _STRONG.search(opening))


_PUTS_QUESTIONS = re.compile(
    r"\b(?:puts?|asks?|poses?|offers?|leaves?|raises?|sets?|consider)\b[^.:?]{0,60}\bquestions?\b"
    r"(?:[^.:?]{0,30}\b(?:to|for|before)\b|[^.:?]*:$|[.,]| below)",
    re.IGNORECASE,
)
_WHO_ANSWERS = re.compile(
    r"\b(?:[Tt]he |all |each |every )?(?:[\w-]+ )??"
    r"(?:[Bb]oard|[Pp]artnership|[Pp]artners|[Ee]xecutive|[Aa]gencies|[Ll]eaders|[Cc]ommissioners|[Cc]ouncil|[Cc]hief [Oo]fficers)\b"
)


def puts_questions(text: str) -> str | None:
    """To whom a passage puts questions that follow it ("I also put three questions to the Executive."); None where it puts none."""
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        who = _WHO_ANSWERS.search(sentence)
        if who and _PUTS_QUESTIONS.search(sentence):
            return who.group().strip()
    return None


def is_question(text: str) -> bool:
    """Whether a passage puts a question."""
    return text.rstrip(" ”\"')").endswith("?")


def is_about_the_list(text: str) -> bool:
    """Whether a passage speaks of the recommendations instead of making one."""
    plain = text.strip()
    opening = re.split(r"(?<=[.?!])\s", plain)[0]
    if _OF_RECOMMENDATIONS.search(opening) and not (
        says_duty_of_its_own(opening) or IMPERATIVE.match(plain) or _THAT.match(plain) or recommends_in_prose(opening)
    ):
        return True
    return _ABOUT_THE_LIST.match(plain) is not None or (
        _REMARK.match(plain) is not None and not recommends_in_prose(re.split(r"(?<=[.?!])\s", plain)[0])
    )


_NONE_MADE = re.compile(
    r"\b(?:makes?|made|making|ha[sd]|have|are|were|is)\s+(?:therefore\s+)?no\s+(?:\w+\s+){0,2}recommendations?\b|"
    r"\bno\s+(?:\w+\s+){0,2}recommendations?\s+(?:are|were|is|have been|has been)\s+(?:being\s+)?made\b",
    re.IGNORECASE,
)


def makes_none(text: str) -> bool:
    """Whether a passage says that nothing is recommended: "The review makes no recommendation", "No recommendations are made"."""
    return _NONE_MADE.search(text) is not None


def makes_none_at_all(text: str) -> bool:
    """Whether a passage says so of the whole report, and not of one body or subject: "No recommendation is made for schools"."""
    return any(not _OF_ONE.match(text[m.end() :]) for m in _NONE_MADE.finditer(text))


_OF_ONE = re.compile(
    r"\s+(?:for|to|about|on|against|regarding|concerning|in (?:respect of|relation to|this area))\b", re.IGNORECASE
)


# The list as the thing that a sentence tells of: "Two agencies made recommendations to themselves".
_OF_RECOMMENDATIONS = re.compile(r"\brecommendations?\b", re.IGNORECASE)


def says_duty_of_its_own(text: str) -> bool:
    """Whether a passage has a verb of duty other than "recommend"."""
    return (
        re.search(r"\b(?:should|must|shall|ought to|needs? to|is to|are to|asked to|required to|will)\b", text, re.I)
        is not None
    )


def looks_back(text: str) -> bool:
    """Whether a passage speaks of the list as of one that is complete: what follows in its chapter are closing remarks."""
    return is_about_the_list(text) and _LOOKS_BACK.search(text.strip()) is not None


def recommends_in_prose(text: str) -> bool:
    """Whether a sentence outside any announced section says in so many words that something is recommended."""
    return "recommend" in text and _RECOMMENDS.search(text) is not None


def lead_in(text: str) -> str | None:
    """What of a paragraph leads in a list: all of it, or the last sentence behind remarks on the list; None where nothing does."""
    plain = text.strip()
    sentence = re.split(r"(?<=[.?!])\s+", plain)[-1]
    return plain if is_lead_in(plain) else sentence if is_lead_in(sentence) else None


_RECOMMENDS_THAT = re.compile(r"\brecommend(?:s|ed)? that\s*:$", re.IGNORECASE)


def only_recommends(text: str) -> bool:
    """Whether a lead-in says that something is recommended and leaves to the list below it who is to do what."""
    return _RECOMMENDS_THAT.search(text.rstrip()) is not None


_OF_THE_SAME = re.compile(r"(?:this|these|it|they|such|(?:the|each) \w+) .{0,60}:$", re.IGNORECASE)


def goes_on_in_a_list(text: str) -> bool:
    """Whether a passage asks for something, and then for what a list below it names: "... This should include:"."""
    *before, last = re.split(r"(?<=[.?!])\s+", text.strip())
    return bool(before) and _STRONG.search(before[0]) is not None and _OF_THE_SAME.match(last) is not None


def is_lead_in(text: str) -> bool:
    """Whether words that end in a colon need what follows to be complete ("The partnership should:")."""
    plain = text.rstrip()
    if not plain.endswith(":") or is_about_the_list(plain):
        return False
    sentence = re.split(r"(?<=[.?!])\s+", plain)[-1]
    return re.search(
        r"\b(?:should|must|to|will|that|by|shall|ensure|consider|include|whether|how)\b", sentence, re.IGNORECASE
    ) is not None and (re.search(r"\bfollowing (?:recommendations?|actions?|areas?|points?)\b", sentence) is None)
