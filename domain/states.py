"""The closed sets of words: what a thing may be, and how it may stand. No behaviour, no I/O."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a review puts to its readers."""

    RECOMMENDATION = "recommendation"
    QUESTION = "question"
    AREA = "area"


class Reason(StrEnum):
    """The closed set of reasons for which a file is rejected."""

    NOT_A_PDF = "not a PDF"
    WEB_PAGE = "a web page named .pdf"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"
    NO_TEXT = "a scan without readable text"
    TOO_LARGE = "too large"
    TOO_LONG = "took too long"
    UNREADABLE = "cannot be read"
    STILL_COPYING = "still being copied"
    SAMPLE = "a fictional sample"


class Sureness(StrEnum):
    """How sure a person is of the labels they give."""

    SURE = "sure"
    FAIRLY = "fairly"
    HARDLY = "hardly"

    @property
    def share(self) -> float:
        """What the decision weighs beside one that is sure."""
        return {"sure": 1.0, "fairly": 0.7, "hardly": 0.4}[self.value]


class Cover(StrEnum):
    """How a recommendation stands to the actions that the plan has already."""

    COVERED = "covered by"
    CLOSE = "close to"
    NEW = "new"


class RepeatVerdict(StrEnum):
    """What a person says of two recommendations."""

    SAME = "same"
    NOT_THE_SAME = "not the same"


class Visibility(StrEnum):
    """Who may see what comes from a review."""

    DRAFT = "draft"
    EMBARGOED = "embargoed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Rag(StrEnum):
    """How an action goes, in words: a colour alone says nothing to who cannot see it."""

    NONE = ""
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Audience(StrEnum):
    """For whom an export is made."""

    PUBLIC = "public"
    PARTNERSHIP = "partnership"


class Outcome(StrEnum):
    """What became of a recommendation."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    JOINED = "joined"
    ACCEPTED_IN_PART = "accepted in part"
    DECLINED = "declined"
    SECTION11 = "sent to Section 11"


class Status(StrEnum):
    """Where an action stands. Complete is what the owner says; assured is what the audit group has checked."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    ASSURED = "assured"
    CLOSED = "closed"
    SUPERSEDED = "superseded"


OWED: Final = (Status.OPEN, Status.IN_PROGRESS)
"""An owner still has work to do; what they call complete is the audit group's to judge."""

TOLD: Final = (*OWED, Status.COMPLETE)
"""What an agency may say of its own action: whether it is assured, closed or superseded is the partnership's to say."""

LIVE: Final = (*OWED, Status.COMPLETE, Status.ASSURED)
"""The partnership is not done with it: only closing or superseding ends an action, and this is what the counts call open."""


# ------------------------------------------------------------------------------------------------ extraction


class Role(StrEnum):
    """What a person may do here; each may do what those before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"

    def may(self, needed: "Role") -> bool:
        """Whether this role is enough where `needed` is asked for."""
        order = list(Role)
        return order.index(self) >= order.index(needed)

    @property
    def may_do(self) -> str:
        """What the role adds to those before it, in the words that are shown wherever a role is given."""
        return {
            "viewer": "reads what is published",
            "reviewer": "sees everything the partnership has, drafts and embargoed reviews too; adds reviews, checks labels and "
            "near-repeats",
            "lead": "decides on recommendations, edits actions, says who may see a review, imports plans and trains the model",
            "administrator": "manages accounts, and brings back earlier models",
        }[self.value]

    @property
    def audience(self) -> Audience:
        """What a person of this role sees: viewers what is published, the others what the partnership has."""
        return Audience.PUBLIC if self is Role.VIEWER else Audience.PARTNERSHIP
