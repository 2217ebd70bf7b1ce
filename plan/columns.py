"""What the columns of a plan are called, in published plans and in what we write ourselves, and which field each tells of."""

from collections.abc import Mapping
from typing import Final

# What the columns of a plan are called, simplified as by `extract.plan_tables.simple`; the first of each is our own.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "reference", "action ref", "action reference", "action no", "action number", "no", "ref no"),
    "review_refs": (
        "review refs", "review ref", "scr ref", "scr refs", "spr ref", "sar ref", "dhr ref", "case ref", "review", "reviews",
        "scr", "source", "source review",
    ),
    "text": (
        "action", "actions", "action required", "action to be taken", "agreed action", "what needs to happen", "recommendation action",
        "action recommendation",
    ),
    "lead_agency": (
        "lead agency", "lead agencies", "lead", "lead officer", "lead agency officer", "owner", "action owner", "by whom",
        "responsible", "responsible agency", "who",
    ),
    "target_date": ("target date", "target", "due date", "due", "deadline", "by when", "when", "timescale", "timescales"),
    "progress": ("progress", "progress update", "update", "latest update", "progress to date", "progress made"),
    "status": ("status", "current status"),
    "quadrant": ("quadrant", "theme", "thematic area"),
    "worry_statement": ("worry statement", "what are we worried about", "worry"),
    "success_goal": ("success goal", "goal", "success measure", "what will success look like", "desired outcome"),
    "next_steps": ("next steps", "next step"),
    "home": ("home", "subgroup", "sub group", "strategy", "strategy or subgroup"),
    "opened": ("opened", "date opened", "start date"),
    "closed": ("closed", "date closed"),
    "achieved": ("aim achieved",),
    "rag": ("rag", "rag rating", "rag status", "brag", "brag rating", "brag status"),
    # What the owners fill in on the workbook of a round. The columns beside them are locked, and not read.
    "status_now": ("status now",),
    "note": ("progress note",),
    "new_target": ("new target date",),
    "reason": ("reason for a new date",),
}  # fmt: skip
RETURNED: Final[Mapping[str, str]] = {
    "status_now": "status", "note": "progress", "new_target": "target_date", "reason": "reason",
}  # fmt: skip
# What our own sheets say beside. The first cannot be edited to any purpose; edits of the others are looked for, and told.
UNEDITED: Final = frozenset({"days overdue", "answers"})
BESIDE: Final[Mapping[str, str]] = {
    "first target date": "original_target_date", "superseded by": "superseded_by", "came from": "source",
    "practice standards": "standards", "look at again on": "recheck", "opened": "opened", "closed": "closed",
    "aim achieved": "achieved", "last progress": "progress",
}  # fmt: skip
# What an agency's workbook shows of its actions, in cells that are not the agency's to fill in.
SHOWN: Final = ("text", "lead_agency", "progress", "status", "review_refs")
DAYS: Final = ("target_date", "opened", "closed")
BESIDE_THE_TEXT: Final = frozenset({"lead_agency", "target_date", "progress"})
