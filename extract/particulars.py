"""What a review says about itself: title, case reference, type, publisher, lead reviewer, date of publication."""

from collections.abc import Sequence

from domain.framework import Framework
from domain.records import Particulars, Place
from extract.case_reference import case_reference
from extract.front import Stated, front_of
from extract.furniture import CleanPage
from extract.people import lead_reviewer
from extract.published import published
from extract.publisher import publisher
from extract.review_types import OTHER, review_type
from extract.titles import title_of


def read_particulars(pages: Sequence[CleanPage], title_property: str | None, framework: Framework) -> Particulars:
    """Particulars from the first pages and the last, each with the page that states it.

    A field that the review does not state is None and has no place; `review_type` is then "other". What only the file's
    own title says has a place without a page.
    """
    front = front_of(pages)
    if not front.first and not title_property:
        return Particulars()
    title = title_of(front.first, title_property)
    kind = review_type(front, title, title_property, framework)
    code = kind.value if kind else OTHER
    body = publisher(front, code)
    found: dict[str, Stated | None] = {
        "title": title,
        "case_ref": case_reference(front, title, code, body.value if body else None, title_property),
        "review_type": kind,
        "publisher": body,
        "lead_reviewer": lead_reviewer(front, code),
        "published": published(front) if front.first else None,
    }
    stated = {name: value for name, value in found.items() if value is not None}
    return Particulars(
        **{name: value.value for name, value in stated.items()},
        places=tuple(Place(name, value.page) for name, value in stated.items()),
    )
