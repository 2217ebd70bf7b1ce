"""Who must act: the printed words nearest to an item, and whether they name one agency or several."""

import re

from domain.framework import Framework
from domain.language import agencies_in
from domain.records import Kind
from extract import asks
from extract.draft import Item
from extract.headings import Heading
from extract.sections import Section, is_item_label

# These act for everybody: what is asked of them is not one agency's own affair.
JOINT_BODIES = frozenset({"partnership", "all-partners", "government", "health"})


def heading_of(section: Section, inner: Heading | None, framework: Framework) -> str | None:
    """The nearest heading that names who must act: the sub-heading, the section's own, or one above it.

    Where other sub-headings of the section name agencies, a short one names its addressee too, known or not.
    """
    if inner is not None and len(inner.text.split()) <= 8 and inner.text[:1].isupper():
        siblings = [h for h in section.inner if not is_item_label(h.text) and agencies_in(h.text, framework)]
        if siblings:
            return inner.text
    for text in (inner.text if inner else None, section.heading, *reversed(section.trail)):
        if text and agencies_in(text, framework) and len(text.split()) <= 14:
            return text
    return None


def addressee_of(item: Item, text: str, framework: Framework) -> str | None:
    """Who must act, nearest words first: a table's column or owner line, the item's subject, its lead-in, its heading.

    A question is put to the body whose heading or lead-in puts it; its own subject is what it asks about. A subject
    counts where it names an agency of the framework: "What happens to the file" is nobody's name.
    """
    if item.addressee:
        return item.addressee
    for words in ("" if item.kind is Kind.QUESTION else text, item.lead_in or ""):
        subject = asks.printed_addressee(words)
        if subject and agencies_in(subject, framework):
            return subject
    if item.heading:
        return asks.addressee_in_heading(item.heading)
    return None


def is_single_agency(section: Section, addressee: str | None, agencies: tuple[str, ...]) -> bool:
    """Announced as such, or asked of exactly one agency that is not a joint body."""
    words = " ".join([section.heading, *section.trail]).casefold().replace("-", " ")
    if "single agency" in words or "individual agency" in words:
        return True
    if agencies:
        return len(agencies) == 1 and not JOINT_BODIES & set(agencies)
    return addressee is not None and _names_one_body(addressee)


def _names_one_body(addressee: str) -> bool:
    """A body that the framework does not know, by its name: "Eastmoor Homes", but not "All partners" or "X and Y"."""
    words = addressee.split()
    joined = re.search(
        r"[,;/&]|\b(?:and|all|each|every|partners?|partnership|boards?|agencies|organisations)\b", addressee, re.I
    )
    return 1 < len(words) <= 6 and joined is None and all(w[:1].isupper() for w in words if len(w) > 3)
