"""The ways in which reports announce and number recommendations: data, not code paths.

Each entry says in a comment which kind of report uses it. A heading is compared after its own number, trailing punctuation
and letter-spacing are taken off, in lower case (see `headings.bare`).
"""

import re
from dataclasses import dataclass

from domain.states import Kind


@dataclass(frozen=True, slots=True)
class Announcement:
    """A heading that announces what follows.

    bullets: each bullet is an item of its own, whatever its wording; tables_only: only a table's column of
    recommendations counts, since whatever else stands there answers recommendations instead of making them; mixed: the
    chapter tells and concludes too, so that only what asks in so many words is an item; broad: any words may stand beside
    the one that announces, so that it must be set as a heading to count; only_without: it counts only in a report that has no
    section of recommendations.
    """

    pattern: re.Pattern[str]
    kind: Kind
    bullets: bool = False
    tables_only: bool = False
    mixed: bool = False
    broad: bool = False
    only_without: bool = False


def _announcement(
    pattern: str,
    kind: Kind,
    *,
    bullets: bool = False,
    tables_only: bool = False,
    mixed: bool = False,
    broad: bool = False,
    only_without: bool = False,
) -> Announcement:
    return Announcement(re.compile(pattern, re.IGNORECASE), kind, bullets, tables_only, mixed, broad, only_without)


_QUALIFIER = (
    r"(?:summary of|list of|overview of|key|main|final|full|overarching|overall|our|the|national|local|regional|"
    r"strategic|"
    r"multi[- ]agency|inter[- ]agency|single[- ]agency|individual agency|agency|partnership|board|health|additional|"
    r"specific|further|future|proposed|review|reviewer'?s'?|report|scr|spr|lcspr|sar|dhr|smart|thematic|panel|"
    r"independent|consolidated|combined|general|other|practice|learning|system|headline|priority|overview report|"
    r"and|imrs?|"
    r"individual management reviews?|internal management reviews?|individual|agencies'?|(?:the |this )?(?:review|"
    r"report|panel|author)'s|"
    r"community safety partnership|safeguarding|children'?s?|adults?|domestic homicide review|serious case review|"
    r"child safeguarding practice review|safeguarding adults? review|emerging|initial|immediate|urgent|long[- ]term|"
    r"organisational|operational|policy|service|police|council|nhs|lscb|sab|csp|these|its)"
)
_TOPIC = (
    r"(?:(?:the |key |main |overall |emerging )*(?:conclusions?|findings?|learning(?: points?)?|"
    r"lessons?(?: (?:to be )?learn(?:ed|t))?|"
    r"analysis|discussion|themes?))"
)

_AFTER_THE_WORD = (
    r"(?:\s+(?:for|to|from|made to|made by|made for|of the review|of this review|of the report|arising|and|table|"
    r"summary|made)\b.*"
    r"|\s*[:–—-]\s*\S.*|\s*\(.*\))?$"
)

ANNOUNCEMENTS: tuple[Announcement, ...] = (
    # Reviews of every kind: "Recommendations", "Key recommendations", "Conclusions and recommendations",
    # "Recommendations for the Board", "Recommendations: multi-agency".
    _announcement(
        rf"^(?:{_QUALIFIER}\s+)*recommendations?{_AFTER_THE_WORD}",
        Kind.RECOMMENDATION,
    ),
    # "What the rapid review recommended", "What we recommend".
    _announcement(
        r"^what (?:(?:the|this|our) (?:(?:rapid|practice|overview|independent|multi[- ]agency|joint|thematic) )?(?:review|report|panel|"
        r"author|reviewers?|audit|inquiry|inspection)|we|i|is) (?:now |have |has )?recommend(?:s|ed|ing)?$",
        Kind.RECOMMENDATION,
    ),
    # A chapter that concludes and recommends in one: "Findings, learning and recommendations".
    _announcement(
        rf"^(?:{_QUALIFIER}\s+)*{_TOPIC}(?:\s*(?:,| and|, and| &|/)\s+(?:{_TOPIC}|(?:{_QUALIFIER}\s+)*actions?))*"
        rf"\s*(?:,| and|, and| &|/)\s+(?:{_QUALIFIER}\s+)*recommendations?{_AFTER_THE_WORD}",
        Kind.RECOMMENDATION,
        mixed=True,
    ),
    # Any other heading whose subject is recommendations: "The recommendations in brief", "Recommendations of the individual
    # management reviews". What bears the word and announces something else is sorted out before (NOT_ANNOUNCING).
    _announcement(r"^(?:[\w'’,&/()-]+ ){0,4}recommendations(?: [\w'’,&/()–-]+){0,9}$", Kind.RECOMMENDATION, broad=True),
    # The plan that answers a review, printed with it: "Appendix 2: Multi-agency action plan".
    _announcement(
        rf"^(?:(?:{_QUALIFIER}|imr|composite|improvement|integrated|joint|draft|agreed|detailed)\s+)*"
        r"action plans?(?:\s*[:–—(-].*|\s+(?:for|of|arising|from|in response)\b.*)?$",
        Kind.RECOMMENDATION,
        tables_only=True,
    ),
    # The same under the name of the board whose plan it is.
    _announcement(
        r"^(?!.*\b(?:previous|earlier|past|former|last|progress|update)\b)(?:[\w'’&()-]+ ){1,8}action plans?$",
        Kind.RECOMMENDATION,
        tables_only=True,
        broad=True,
    ),
    # Audits of agencies: "Actions for agencies" over a table for each.
    _announcement(
        r"^(?:(?:agreed|key|required|main|further) )?actions? (?:for|by|required of|agreed (?:by|with)) (?:the |all |each |every |individual |"
        r"partner |member |lead )*(?:agenc(?:y|ies)|partners?|organisations?|partnership|board)$",
        Kind.RECOMMENDATION,
    ),
    # The second part of such a chapter: "For single agencies".
    _announcement(r"^(?:(?:actions? )?(?:for|to|by) )?(?:single|individual) agencies$", Kind.RECOMMENDATION),
    # Short inspections of children's services.
    _announcement(
        r"^what (?:needs|must|has|have|should|need) to (?:improve|change|be improved)(?: in .*)?$",
        Kind.AREA,
        bullets=True,
    ),
    _announcement(r"^what must improve$", Kind.AREA, bullets=True),
    # Practice reviews that recommend under each theme and have no section of that name.
    _announcement(
        r"^what (?:now )?(?:needs|must|has|have|should|need|will) (?:to )?(?:happen|be done|be different)(?: (?:next|now|differently|as a result))?$",
        Kind.RECOMMENDATION,
        bullets=True,
        only_without=True,
    ),
    _announcement(
        r"^what (?:will|should|must|can|could) (?:we|partners|agencies|services|the partnership|the board) (?:all |now |each )?do"
        r"(?: (?:next|now|differently|to improve|about (?:it|this)))?$",
        Kind.RECOMMENDATION,
        bullets=True,
        only_without=True,
    ),
    _announcement(
        r"^what (?:we|partners|agencies|services|the partnership|the board) (?:now )?(?:needs?|must|should|ha(?:ve|s)) (?:to )?do"
        r"(?: (?:next|now|differently|to improve))?$",
        Kind.RECOMMENDATION,
        bullets=True,
        only_without=True,
    ),
    _announcement(
        r"^(?:suggested|proposed|recommended|required|improvement|priority) actions?(?: (?:for|to) .*)?$",
        Kind.RECOMMENDATION,
        bullets=True,
        only_without=True,
    ),
    # Joint inspections.
    _announcement(
        r"^(?:key |main |overall )?areas? (?:for|of|requiring|needing) (?:priority action|improvement|priority improvement)s?$",
        Kind.AREA,
        bullets=True,
    ),
    # Audits find areas for development, and ask for something in their recommendations.
    _announcement(
        r"^(?:key |main |overall )?areas? (?:for|of|requiring|needing) development$",
        Kind.AREA,
        bullets=True,
        only_without=True,
    ),
    _announcement(r"^(?:for )?priority (?:(?:and|or|/|&) immediate )?actions?$", Kind.AREA, bullets=True),
    _announcement(r"^(?:areas? )?(?:for |requiring )?immediate actions?$", Kind.AREA, bullets=True),
    # Systems reviews: what the review asks its board to think about, after each finding.
    _announcement(
        r"^(?:key |the )?(?:questions?|considerations?|issues?|challenges?|points?|matters?) (?:for|to) (?:the |"
        r"consider|be|put|each|all|discuss|partners?|safeguarding|board|partnership|commission\w*|agencies|providers|services|"
        r"leaders|senior|strategic|government|national|police|health|council|schools)\b.*$",
        Kind.QUESTION,
        bullets=True,
    ),
    _announcement(
        r"^(?:board|partnership|system|reflective) (?:questions|considerations)$", Kind.QUESTION, bullets=True
    ),
)

SUMMARY = re.compile(r"\bsummary\b|\bin brief\b|\bat a glance\b")  # in a heading in small letters

# Sentences that announce the list directly below them, where no heading does.
LEADING_IN: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            r"\b(?:(?:board|partnership|partners|[lc]?s[ca][bp]|csp)s?\b.{0,30}\b(?:may|might|will|should) (?:also |therefore |want to |"
            r"wish to )*(?:consider|ask (?:itself|themselves))|(?:questions?|considerations?) for the (?:board|partnership)\b.*|"
            # "The Board and its partners are invited to consider the following questions:"
            r"(?:board|partnership|partners|[lc]?s[ca][bp]|csp)s?\b.{0,30}\b(?:is|are) (?:\w+ )?(?:invited|asked|encouraged|urged) to "
            r"(?:consider|reflect (?:on|upon)|discuss|answer|ask (?:itself|themselves))(?: (?:the|these)(?: following)?(?: \w+)? questions?)?)\s*:$",
            re.IGNORECASE,
        ),
        Kind.QUESTION,
    ),
    (
        re.compile(
            r"\b(?:(?:the )?following (?:[\w-]+ ){0,2}recommendations? (?:is|are) (?:therefore )?made|(?:makes?|offers?) the following "
            r"(?:[\w-]+ ){0,2}recommendations?\b.*|(?:(?:it is|are) (?:\w+ )?recommended that|(?:(?:this|the) (?:[\w-]+ ){0,3}"
            r"(?:reviews?|panel|report|author|reviewers?|imrs?)|we|i) (?:\w+ )?recommends?(?: that| the following\b.*)?)"
            # Whom: "The IMR recommends that the Children and Families Service should:", "that Welsh Government:".
            r"(?:(?<=that) (?:[\w’'(),/&-]+ ){1,12}?(?:should|must|to|ensures?(?: that)?)|"
            r"(?<=that) (?:the |each |all )?(?-i:[A-Z][\w’'-]*(?: (?:(?:and|of|for|the|in) )?[A-Z][\w’'-]*){0,7}))?)\s*:$",
            re.IGNORECASE,
        ),
        Kind.RECOMMENDATION,
    ),
    # What an agency's own review recommends, told in the chapter about that agency, and in the present tense: what another review
    # "recommended" is told in the past.
    (
        re.compile(
            r"\brecommendations?\b(?: (?:of|made|from|arising|in)\b[^.:]{0,60}?)? (?:is|are)\b[^.:]{0,40}:$|"
            r"\b(?:makes?|offers?|proposes?) (?:only |just |the )?(?:following|these|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|"
            r"ten|eleven|twelve) (?:[\w-]+ ){0,2}recommendations?\b(?!,? (?:about|on|concerning|which (?:concern|relate))\b)[^.:]{0,40}:$|"
            r"(?:^|\d )(?:[\w’'-]+ ){0,8}(?:imr|trust|pct|ccg|icb|services?|council|police|constabulary|force|school|practice|surgery|"
            r"department|association|homes|authority|hospital|team|agency|provider|company) recommends:$",
            re.IGNORECASE,
        ),
        Kind.RECOMMENDATION,
    ),
)

# Headings that bear the word and announce something else: what an earlier review asked, what became of it, how the
# review worked. Tested before the announcements.
NOT_ANNOUNCING: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        r"\b(?:previous|earlier|past|prior|former|historic(?:al)?|last|other reviews?|preceding)\b.*\brecommendation",
        r"\brecommendations?\b.*\b(?:previous|earlier|past|prior|former|other reviews|other scrs|last review|"
        r"last inspection|last year|(?:a|one) year (?:ago|on))\b",
        r"\bwhat (?:has )?(?:happened|became|become|been done)\b.*\brecommendation",
        # "Action plan in response to the recommendations" is the plan itself.
        r"\b(?:progress|update|implementation|status|monitoring|impact|(?<!action plan in )responses?|delivery|"
        r"tracking)\b.*\brecommendation",
        # "Recommendations and response of the Board" is the list, with an answer below each.
        r"^(?!recommendations? (?:and|with) (?:the )?(?:[\w']+ ){0,3}responses?\b)"
        r".*\brecommendations?\b.*\b(?:progress|update|implemented|implementation|completed|already|since|response|"
        r"not accepted)\b",
        r"\b(?:approach to|developing|development of|how|purpose of|use of|note on|introduction to|"
        r"context)\b.*\brecommendation",
        r"\b(?:changes?|developments?|action taken|actions taken|improvements?)\b.*\b(?:since|already|made)\b",
        r"\bactions? (?:already|since) (?:taken|completed|made)\b",
        r"\bactions? (?:taken|completed|undertaken|implemented) (?:during|since|before|following|after|in response|as a result|to date|"
        r"so far)\b",
        r"\b(?:practice|case) stud(?:y|ies)\b",
        # What a review sets out to answer.
        r"\bquestions? (?:for|to|put to|before|that|which) (?:the|this|our) (?:\w+ )?(?:review|reviewers?|panel|author)\b",
        # Prompts for those who read the review.
        r"\b(?:questions?|points?) (?:for|to)\b(?!.*\b(?:board|partnership|partners|commissioners|leaders|agencies)\b)"
        r".*\b(?:(?:your|in|our) (?:own )?(?:teams?|practice|services?|supervision)|teams|practitioners|"
        r"reflection|readers)\b",
        r"\bno recommendations?\b|\bwhy\b.*\brecommendation",
        # Their subjects, a line each: "Our seven recommendations are about".
        r"\brecommendations (?:are about|concern|relate to|deal with|cover)\b",
        r"\brecommendations? (?:from|of|made (?:by|in)|by) (?:an? |the )?(?:national|other|another|\d{4})\b",
    )
)

_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
# Numbers in words, in lower case with a space ("twenty one"), up to ninety-nine.
NUMERALS: dict[str, int] = {
    **{word: n for n, word in enumerate([*_UNITS, *_TEENS], 1)},
    **{
        f"{ten} {unit}".strip(): 10 * tens + ones
        for tens, ten in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
        for ones, unit in enumerate(["", *_UNITS])
    },
}
NUMERAL = "|".join(word.replace(" ", "[- ]") for word in sorted(NUMERALS, key=len, reverse=True))

_KIND_OF_LABEL = (
    r"(?:key|multi[- ]agency|single[- ]agency|cross[- ]agency|national|local|regional|learning|board|overview|overview report|"
    r"strategic|operational|practice|policy|commissioning|systems?|organisational|overarching|overall|main|general|specific|"
    r"additional|further|final|urgent|immediate|priority|joint|agency|partnership|panel|review|thematic|scr|lcspr|spr|sar|dhr|imr|"
    r"health|police|education|housing|council|government|safeguarding)"
)
# Who must act, beside a label: "Recommendation 4 (Police):", "Recommendation 4 for the Police:", "Question 1 for the Board".
_WHO = r"(?:\s*\((?P<who>[^()]{2,80})\)(?=\s*(?:[:.–—-]|$))|\s+(?:for|to)\s+(?P<whom>[^:.;]{2,80}?)(?=\s*(?::|$)))"

# "Recommendation 1", "Recommendation 1:", "R1", "Rec. 3", "Recommendation One", "Recommendation 4a", "Recommendation 2.1", "Rec 1/ABC".
LABEL = re.compile(
    rf"^(?P<noun>(?:{_KIND_OF_LABEL} )?recommendation|recommendations(?=\s+\d+\s*[:.)–-])|rec\.?|r(?=\s?\d))"
    rf"\s*(?:no\.?|number|#)?\s*\(?(?P<number>\d{{1,3}}(?:[.\-/]\d{{1,2}}){{0,2}}(?:[a-z]|\s?/\s?[a-z]{{2,9}}\b)?|[ivx]{{1,6}}(?=\b)|(?<=[\s(])[a-z](?=\s*[:.)–—-]|\s|$)|(?:{NUMERAL})\b)"
    rf"{_WHO}?"
    r"\s*(?P<stop>[:.)\]|–—-]*)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
# A label without a number, run in before the text: "Recommendation: The partnership should...".
BARE_LABEL = re.compile(
    rf"^(?P<noun>(?:{_KIND_OF_LABEL} )?recommendation)(?P<number>){_WHO}?\s*(?P<stop>[:–—])\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
# The label of a question in a systems review: "Question 2", "Consideration 1".
QUESTION_LABEL = re.compile(
    rf"^(?P<noun>question|consideration|q(?=\d))\s*(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?[a-z]?){_WHO}?"
    r"\s*(?P<stop>[:.)–—-]*)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
# A question without a number, which says to whom it is put: "Question to the Board: Is it known whether ...".
BARE_QUESTION = re.compile(
    rf"^(?P<noun>question|consideration)(?P<number>){_WHO}\s*(?P<stop>:)\s*(?P<rest>\S.*)$", re.IGNORECASE
)
# "M1", "SA2:", "MA 3", "CSC1 (Children's social care)": the letters of a list and a number. A label only where such codes
# run in order (see `coded`), since roads, sizes of paper and findings have them too.
CODED = re.compile(
    rf"^[(\[]?(?P<number>(?P<letters>[A-Z]{{1,4}})[ -]?(?P<place>\d{{1,2}}))(?![.-]?\w){_WHO}?"
    r"\s*(?P<stop>[:.)\]–—-]*)\s*(?P<rest>.*)$"
)
# "8.2", "8.2.1", also with a closing stop or bracket.
DECIMAL = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,3}){1,3})[.):]?\s+(?P<rest>\S.*)$")
# "1.", "1)", "(1)", "12."
NUMBER = re.compile(r"^(?:[(\[](?P<a>\d{1,3}[a-z]?)[)\]]|(?P<b>\d{1,3}[a-z]?)[.):])\s*(?P<rest>\S.*)$")
# A number with nothing after it but a gap: the marker of a list set with tabs, or the number column of a table.
BARE_NUMBER = re.compile(r"^(?P<number>\d{1,3})$")
# "L1", "AB2" before a gap: a number with the letter of its list.
CODE = re.compile(r"^[A-Z]{1,2}\d{1,2}[.:]?$")
# The number of a label printed once more before it: "2 Recommendation 2".
TWICE = re.compile(r"^(?P<first>\d{1,2})\s+(?=recommendation\s+(?P=first)\b)", re.IGNORECASE)
# "A.", "B)": capitals that number items.
LETTER = re.compile(r"^(?:\((?P<a>[A-Z])\)|(?P<b>[A-Z])[.):])\s+(?P<rest>\S.*)$")
# "(a)", "a)", "a.", "(iv)", "i."
SUB_ITEM = re.compile(r"^(?:\((?P<a>[a-z]|[ivx]{1,5})\)|(?P<b>[a-z]|[ivx]{1,5})[).])\s+(?P<rest>\S.*)$", re.IGNORECASE)
# Bullets of ordinary and of symbol fonts (private use area), dashes, and the letter o that Word sets as a hollow bullet.
BULLET = re.compile(
    "^(?P<glyph>[\u2022\u25cf\u25e6\u25aa\u25ab\u25a0\u25a1\u25fc\u25fb\u25fe\u25c6\u25c7\u2756\u27a2\u25ba\u25b6\u2192\u2794\u2713\u2714\u00b7\u2023\u2043\u25cb\u2605\u2606\u204c\ue000-\uf8ff]|[-\u2013\u2014*o\u00a7](?=\\s))\\s*(?P<rest>\\S.*)?$"
)

# Where an item's own words end although the section goes on: the reasons for it, what is done already, who answers.
AFTER_ITEM = re.compile(
    r"^(?:rationale|reasons?|reason for (?:this|the) recommendation|why (?:this|is this|it) (?:matters|important|is).*|"
    r"context|background|evidence|commentary|explanation|(?:key |practice )?learning(?: points?)?(?: \d+)?|"
    r"findings?(?: \d+)?|"
    r"lessons?(?: \d+)?|(?:key )?practice points?(?: \d+)?|good practice(?: \d+)?|intended outcomes?|"
    r"expected outcomes?|"
    r"outcomes?(?: sought)?|desired outcome|success (?:criteria|measures?)|what (?:will|would) (?:success|good|be different).*|"
    r"impact|measures?(?: of success)?|how will we know.*|response|agency response|board response|(?:the )?(?:[\w’']+ )?response of (?:the )?[\w’ ]+|"
    r"lead(?: agency| officer)?|owner|"
    r"timescales?|by|due|deadline|to be completed by|(?:by )?whom?|when|"
    r"target date|by when|due date|completion date|progress|action taken|link(?:s|ed)? to.*|supporting evidence|"
    r"relevant finding|based on|cross[- ]reference|section reference|addressed to|for)\s*(?:[:–—]|$)",
    re.IGNORECASE,
)
# The same words with a colon open a paragraph wherever they open a line, however close the lines stand.
ASIDE_OPENING = re.compile(
    r"^(?:rationale|reason for (?:this|the) recommendation|intended outcomes?|expected outcomes?|desired outcomes?|"
    r"success (?:criteria|measures?)|lead(?: agency| officer| agencies)?|owner|responsible agency|timescales?|"
    r"target date|by when|by|due(?: date)?|deadline|to be completed by|completion date)\s*:",
    re.IGNORECASE,
)
# Which of those say who must act and by when; the words after the colon are kept with the item.
_OWNER = r"(?:lead(?: agency| officer| agencies)?|owner|addressed to|for|responsible agency|(?:by )?who(?:m)?)"
_BY = r"(?:timescales?|target date|by when|when|by|due(?: date)?|completion date|to be completed by|deadline)"
OWNER_LINE = re.compile(rf"^{_OWNER}\s*:\s*(?P<value>.+?)\s*(?:\b{_BY}\s*:.*)?$", re.IGNORECASE)
DATE_LINE = re.compile(rf"^(?:{_OWNER}\s*:.*\b)?{_BY}\s*:\s*(?P<value>.+?)\s*(?:\b{_OWNER}\s*:.*)?$", re.IGNORECASE)

# A list that is parted by when its items must be done: "Immediately", "Within three months".
DATE_HEADING = re.compile(
    r"^(?:(?:with )?immediate(?:ly| effect)?|(?:to be done |to be completed )?within (?:the next )?(?:[\w-]+ ){1,3}(?:days|weeks|months|years?)\b.*|"
    r"by (?:the end of )?(?:[a-z]+ )?\d{4})\s*[:.]?$",
    re.IGNORECASE,
)

# Sections whose every sentence may sound like an ask but is none of this review's recommendations.
ASIDE = re.compile(
    r"^(?:terms of reference|methodology|method|scope|glossary|bibliography|references|contents|good practice|"
    r"examples? of good practice|learning points?|key learning points?|lessons learn(?:ed|t)|what has changed.*|"
    r"developments since.*|changes since.*|(?:.* )?(?:key )?strengths|what (?:is|was) working well|areas of (?:strength|good practice)|"
    r"key lines of enquiry|acknowledgements?|foreword|"
    r"recommendations from previous.*)$",
    re.IGNORECASE,
)

# Chapters about another review than this one: what is labelled there as a recommendation is that review's.
ANOTHER_REVIEW = re.compile(
    r"\b(?:internal|trust'?s?|serious incident|root cause)\b.{0,20}\b(?:investigations?|analysis)\b|"
    r"\b(?:previous|earlier|past|prior|former|last)\b.{0,40}\b(?:reviews?|scrs?|sars?|dhrs?|reports?|audits?|inspections?|inquir(?:y|ies))\b",
    re.IGNORECASE,
)

# Headings that end a list of recommendations whatever their rank: some reports set what follows in smaller type.
ENDS = re.compile(
    r"^(?:(?:executive )?summary(?: for .*)?|inspection findings?|(?:detailed |key |main )?findings|conclusions?|"
    r"concluding (?:remarks|comments)|closing (?:remarks|comments)|next steps|what happens next|appendi(?:x|"
    r"ces)\b.*|annex(?:e|es)?\b.*|"
    r"references|bibliography|glossary.*|acknowledge?ments?|information about this (?:inspection|report|review)|"
    r"about (?:this|the) (?:inspection|report|review)|list of abbreviations|abbreviations|endnotes?|footnotes?)$",
    re.IGNORECASE,
)
