"""Who must act: the printed words nearest to an item, the agencies that must act, and whether that is one agency's affair."""

import re

from domain.framework import Framework
from domain.short_names import is_short_for
from domain.states import Kind
from extract.asks import asks_in_so_many_words, only_recommends
from extract.bodies import (
    COUNCIL,
    DEPARTMENTS,
    codes_in,
    is_head_of,
    is_named_body,
    is_officer,
    is_printed_name,
    is_short_name,
    names_who,
    parts_of,
)
from extract.draft import Item
from extract.headings import Heading, is_item_label
from extract.sections import Section
from extract.subjects import addressee_in_heading, others_who_act, printed_addressee

# These act for everybody: what is asked of them is not one agency's own affair.
JOINT_BODIES = frozenset({"partnership", "all-partners", "government", "health"})
# Many bodies of one kind: what all schools are asked is no one school's affair.
MANY = frozenset({"gp-practices", "education", "early-years", "care-providers", "voluntary-sector"})


# In a heading without hyphens: the list below it is what agencies ask of themselves.
_OF_ONE_AGENCY = re.compile(
    r"\b(?:single|individual) (?:agenc(?:y|ies)|partners?|organisations?)\b|\b(?:individual|internal) management reviews?\b|\bimrs?\b"
)


def heading_of(section: Section, inner: Heading | None, framework: Framework) -> str | None:
    """The nearest heading that speaks to somebody who must act: the sub-heading, the section's own, or one above it.

    What stands on the first page is the report's title: it names whom the report is about or who publishes it.
    """
    above = [h.text for h in reversed(section.trail) if h.page > 1]
    for text in (inner.text if inner else None, section.heading, *above):
        if text and not is_item_label(text) and addressee_in_heading(text, framework):
            return text
    return None


def addressee_of(item: Item, text: str, framework: Framework) -> str | None:
    """Who must act, nearest words first: a table's column or owner line, the item's subject, its lead-in, its heading.

    An officer in a table's column ("Head of Midwifery") comes last: the row, or the band above it, says whose officer that is. Where
    the office names a body ("Head of Children's Services"), the heading over it counts for less where it names but a board.
    A question is put to the body whose heading or lead-in puts it; its own subject is what it asks about. People of no agency by
    name ("Officers should ...") come last: the heading over them says whose officers they are.
    """
    officer = item.addressee is not None and item.cell and is_officer(item.addressee)
    if item.addressee and (not officer or (names_who(item.addressee, framework) and not is_head_of(item.addressee))):
        return item.addressee
    own = [item.lead_in or ""] if item.kind is Kind.QUESTION else [text, item.lead_in or ""]
    if item.kind is not Kind.QUESTION and item.lead_in and only_recommends(item.lead_in):
        own[0] = f"That {text}"  # "It is recommended that:" over "The Home Office publishes a timescale."
    subjects = [subject for words in own if (subject := printed_addressee(words, framework))]
    named = next((s for s in subjects if names_who(s, framework) or is_printed_name(s)), None)
    heading = item.body or (addressee_in_heading(item.heading, framework) if item.heading else None)
    if officer and item.addressee and heading and JOINT_BODIES & set(codes_in(heading, framework)):
        heading = None if names_who(item.addressee, framework) else heading
    return named or heading or item.addressee or next(iter(subjects), None)


def named_in_heading(item: Item, addressee: str | None, framework: Framework) -> str | None:
    """The body that the heading names, where the addressee is only what it is called for short: "The Trust"."""
    heading = item.body or (addressee_in_heading(item.heading, framework) if item.heading else None)
    return heading if addressee and heading and is_short_for(addressee, heading) else None


def agencies_of(item: Item, text: str, addressee: str | None, framework: Framework) -> tuple[str, ...]:
    """Codes of everyone who must act for the item to be done, the addressee's first.

    These are the bodies that the addressee names, and those whom the item has act beside it: "The Board should ask all
    partner agencies to ..." is done when both have acted, so that Board and partners count; likewise "with", "together
    with", "ensure that health visitors see ...". Whoever is only told, sent or given something does not count, nor does a
    body that a question asks about.
    """
    named = codes_in(addressee, framework) if addressee else ()
    if addressee and not named and item.heading and (is_short_name(addressee) or not is_named_body(addressee)):
        # "The Trust" is one of several, "Team managers" are somebody's, and the heading over them says whose.
        named = codes_in(addressee_in_heading(item.heading, framework) or "", framework)
    if item.addressee and item.kind is not Kind.QUESTION:
        # A column or a line "Lead:" says who leads; whom the sentence asks by name must act too.
        named = (*named, *codes_in(printed_addressee(text, framework) or "", framework))
    asked = f"{item.lead_in or ''} {text}".strip()
    # An area for improvement may be a finding, which tells who did what with whom.
    tells = item.kind is Kind.QUESTION or (item.kind is Kind.AREA and not asks_in_so_many_words(asked))
    others = () if tells else others_who_act(asked, framework)
    return tuple(dict.fromkeys((*named, *others)))


def is_single_agency(section: Section, addressee: str | None, agencies: tuple[str, ...], framework: Framework) -> bool:
    """Announced as such, or asked of exactly one body that is no joint body; a council and its departments are one."""
    words = " ".join([section.heading, *(h.text for h in section.trail)]).casefold().replace("-", " ")
    if _OF_ONE_AGENCY.search(words):
        return True
    if addressee is None or JOINT_BODIES & set(agencies):
        return False
    within = set(agencies) - {COUNCIL}
    one = len(agencies) == 1 or (COUNCIL in agencies and len(within) == 1 and within <= DEPARTMENTS)
    if not agencies:
        return _names_one_body(addressee)
    if MANY & set(agencies) and not is_named_body(addressee):
        return False
    return one and parts_of(addressee, framework) <= 1


def _names_one_body(addressee: str) -> bool:
    """A body that the framework does not know, by its name: "Eastmoor Homes", but not "All partners" or "X and Y"."""
    words = addressee.split()
    joined = re.search(
        r"[,;/&]|\b(?:and|all|each|every|partners?|partnership|boards?|agencies|organisations)\b", addressee, re.I
    )
    return 1 < len(words) <= 6 and joined is None and all(w[:1].isupper() for w in words if len(w) > 3)
