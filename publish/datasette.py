"""What Datasette shows beside the plan: titles and descriptions in the field's words, and what to leave aside."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.files import save
from publish.wording import one_line

METADATA = "metadata.yml"

_HEADER = (
    "# Names and descriptions for Datasette: datasette cap.db -m metadata.yml",
    "# Written anew whenever the plan is: keep changes of your own in another file.",
)
_LICENCE = (
    "The partnership's own working plan, with drafts and proposals in it; the words of a review belong to its publisher"
)
_SOURCE = "Safeguarding reviews, audits and inspections that the partnership took into its plan"


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view as a reader meets it.

    facets: columns to narrow by; lists: those that hold several codes; label: what stands for a row; sort_desc: highest
    or newest first by this column.
    """

    title: str
    about: str
    columns: Mapping[str, str] = field(default_factory=dict)
    facets: Sequence[str] = ()
    lists: Sequence[str] = ()
    label: str = ""
    sort_desc: str = ""


DESCRIBED: dict[str, Described] = {
    "composite_action_plan": Described(
        "The Composite Action Plan",
        "The actions that are neither closed nor superseded, in the columns in which boards publish them.",
        {
            "Ref": "The reference of the action: quadrant and number, as in 2.3.",
            "Review refs": "The letters of the reviews that the action answers; All where it answers every one.",
            "Action": "What is to be done.",
            "Lead agency": "Who leads.",
            "Target date": "By when: a day, or the printed words.",
            "Progress": "What has been reported so far.",
        },
        facets=("Lead agency",),
    ),
    "current_labels": Described(
        "Labels as they stand",
        "For each recommendation the label that counts: what a person decided, else what software suggested.",
        {
            "quadrant": "The quadrant of the framework, Q1 to Q4.",
            "secondary": "A second quadrant, where there is one.",
            "issues": "Recurring safeguarding issues, by their codes.",
            "areas": "Recurring areas of practice, by their codes.",
            "standards": "Practice standards, by their codes.",
            "confidence": "How likely what software suggested is right, from 0 to 1.",
            "unsure": "1 where the software wavered.",
            "decided": "1 where a person confirmed or corrected the label.",
            "who": "The person who decided, else the model that suggested.",
            "at": "When.",
        },
        facets=("quadrant", "decided", "unsure"),
        lists=("issues", "areas"),
    ),
    "reviews": Described(
        "Reviews",
        "Every review, audit or inspection that was taken in, with who may see what comes from it.",
        {
            "letter": "Its short reference in the plan, such as K.",
            "file": "The name under which the PDF came.",
            "review_type": "SCR, SPR, SAR, DHR, audit, scrutiny, section11, inspection or other.",
            "reference": "The name or number by which the review calls its case.",
            "publisher": "The board or partnership that published it.",
            "published": "The day, month or year of publication, as far as it is known.",
            "visibility": "draft, embargoed, published or withdrawn.",
            "embargo_until": "The day on which an embargo ends.",
            "partial": "1 where not every page could be read.",
            "warnings": "What the reading was unsure of.",
            "added": "When it was taken in.",
        },
        facets=("review_type", "visibility", "publisher"),
        label="letter",
    ),
    "recommendations": Described(
        "Recommendations",
        "What reviews put to their readers, word for word, with the page; a proposal until a person decides.",
        {
            "id": "The identifier by which commands name it.",
            "number": "The number that is printed beside it.",
            "text": "The printed words.",
            "lead_in": "Words that it shares with others of its list.",
            "page": "The page on which it begins, as a PDF viewer counts.",
            "section": "The heading under which it stands.",
            "kind": "recommendation, question (of a systems review) or area (for improvement).",
            "addressee": "Who must act, as printed.",
            "heading_names": "The body that the heading names, where the addressee is only what it is called for short.",
            "single_agency": "1 where it is asked of one agency alone.",
            "target_date": "The date that the review itself gives.",
            "outcome": "proposed, adopted, joined, accepted in part, declined or sent to Section 11.",
            "difference": "What differed when the review was read again.",
            "group_id": "Its group of near-repeats: the same ask in other words.",
        },
        facets=("outcome", "kind", "single_agency"),
        label="text",
    ),
    "actions": Described(
        "Actions",
        "The actions of the Composite Action Plan with everything that is kept of them.",
        {
            "ref": "The reference: quadrant and number, as in 2.3.",
            "quadrant": "The quadrant of the framework, Q1 to Q4.",
            "text": "What is to be done.",
            "lead_agency": "Who leads.",
            "target_date": "By when: a day, or the printed words.",
            "original_target_date": "The first target date, before it was moved.",
            "status": "open, in progress, complete (its owner says so), assured (it was checked), closed or superseded.",
            "progress": "What has been reported so far.",
            "worry_statement": "What the partnership is worried about.",
            "success_goal": "How anyone will know that it worked.",
            "next_steps": "What comes next.",
            "home": "The strategy or subgroup that carries it.",
            "superseded_by": "The action that replaced it.",
            "applies_to_all": "1 where it answers every review.",
            "achieved": "Of a closed action: 1 where its aim was achieved, 0 where it was not.",
            "released": "1 where the public may see it, as far as its reviews go.",
            "undone": "When the import that brought it was taken back.",
            "rag": "Red, amber or green, in words.",
            "recheck": "The day on which what was assured is looked at again.",
            "source": "Where it came from, if it answers no recommendation.",
        },
        facets=("quadrant", "status", "lead_agency", "rag"),
        label="ref",
    ),
    "action_recommendations": Described(
        "Which action answers which recommendation",
        "One row for each recommendation that an action answers, whole or in part.",
        {"part": "1 where the recommendation was accepted in part only.", "who": "Who decided so."},
    ),
    "action_reviews": Described(
        "Reviews named beside actions", "Reviews that an action answers beyond those of its recommendations."
    ),
    "action_letters": Described(
        "Printed review letters", "Letters that an imported plan prints beside an action and of which there is no review."
    ),
    "action_review_links": Described(
        "Which action answers which review", "Every review of an action: through its recommendations, or named beside it."
    ),
    "action_shown_letters": Described(
        "Review letters of actions", "The letters that the plan prints beside an action, one row a letter."
    ),
    "action_agencies": Described("Lead agencies of actions", "The agencies behind the printed words, by their codes.", facets=("agency",)),
    "action_standards": Described("Practice standards of actions", "The practice standards that an action serves.", facets=("standard",)),
    "action_history": Described(
        "How actions moved",
        "Every status and target date that an action has had, with the reason.",
        facets=("status",),
        sort_desc="at",
    ),
    "action_evidence": Described(
        "Evidence beside actions",
        "Links to evidence and what each shows. What was struck out is kept, with the reason.",
        sort_desc="at",
    ),
    "progress_notes": Described(
        "Progress notes", "What agencies reported on their actions, note by note.", facets=("agency",), sort_desc="at"
    ),
    "recommendation_agencies": Described(
        "Who must act", "The agencies that a recommendation addresses, by their codes.", facets=("agency",)
    ),
    "outcomes": Described(
        "Decisions on recommendations",
        "What the board decided on each recommendation, with its reason; the latest counts.",
        facets=("outcome", "who"),
        sort_desc="at",
    ),
    "decisions": Described(
        "Labels that people gave",
        "Each confirmation or correction of a label, never changed afterwards; the latest counts.",
        {"sureness": "How sure the person was, from 0 to 1.", "settles": "1 where it ends a disagreement.", "note": "What they added."},
        facets=("quadrant", "who", "sureness"),
        sort_desc="at",
    ),
    "suggestions": Described(
        "Labels that software suggested",
        "What a model said of each recommendation, with its version. It is a suggestion until a person decides.",
        {"why_unsure": "Why it wavered.", "between_codes": "The quadrants between which it wavered."},
        facets=("model", "quadrant", "unsure"),
        sort_desc="at",
    ),
    "repeat_groups": Described("Groups of near-repeats", "Recommendations that ask the same in other words share a group."),
    "repeats": Described(
        "Pairs that ask the same",
        "Pairs of recommendations that seem to ask the same, with the evidence.",
        {
            "score": "How much alike, from 0 to 1.",
            "similarity": "How near in meaning, from 0 to 1.",
            "shared": "Words of both.",
            "only_a": "Words of the first alone.",
            "only_b": "Words of the second alone.",
        },
        sort_desc="score",
    ),
    "repeat_decisions": Described(
        "Same or not the same", "What people said of two recommendations; it is remembered.", facets=("verdict",), sort_desc="at"
    ),
    "not_covered": Described(
        "Not covered", "Where a person said that an action does not answer a recommendation.", sort_desc="at"
    ),
    "standing_decisions": Described(
        "Labels that people decided and stand by", "Decisions without those that their makers took back.", sort_desc="at"
    ),
    "withdrawn_decisions": Described("Decisions taken back", "Slips that their makers took back.", sort_desc="at"),
    "second_looks": Described(
        "Second looks", "Where a reviewer asked somebody else to look at a label.", sort_desc="at"
    ),
    "refused_files": Described(
        "Files that were not taken", "Files of the last runs that could not be read, and why.", facets=("reason",), sort_desc="at"
    ),
    "possible": Described(
        "Possible recommendations",
        "Sentences that read like a recommendation where none was announced; a person rules on each.",
        {"why": "Why it was noticed.", "standing": "open (it waits for a person), taken or dismissed.", "score": "How likely it is one."},
        facets=("standing",),
        sort_desc="score",
    ),
    "editions": Described("Editions of reviews", "Each PDF of a review that was taken in, when there was more than one."),
    "earlier_readings": Described(
        "Earlier readings", "What a recommendation read before its review was read again.", sort_desc="replaced_at"
    ),
    "counts": Described(
        "Counts by day",
        "The thematic counts as they stood on a day, for an audience, by quadrant, issue, area, agency, review or status.",
        {"unit": "What is counted: actions or recommendations.", "open": "Neither closed nor superseded.", "overdue": "Past the target date."},
        facets=("dimension", "unit", "audience"),
        sort_desc="day",
    ),
    "stated_counts": Described(
        "Figures that a board stated",
        "Open figures from before the plan was kept here, as they were stated; never mixed with what is counted.",
        {"source": "Where the figure was stated."},
        facets=("dimension",),
        sort_desc="day",
    ),
    "imports": Described("Imports", "Files that were brought into the plan, and which were taken back.", sort_desc="at"),
    "events": Described(
        "What happened",
        "Everything that changed in the plan: who or which model, when, before, after and why.",
        facets=("what", "who"),
        sort_desc="at",
    ),
    "erasures": Described("Erased reviews", "Reviews that were erased for good; only the fact remains.", sort_desc="at"),
}  # fmt: skip
"""Every table and view that a reader is shown."""

HIDDEN: tuple[str, ...] = (
    "plan_migrations",
    "runs",
    "letters_given",
    "reference_numbers",
    "embeddings",
    "event_reviews",
    "import_changes",
    "users",
    "sessions",
    "tokens",
    "saved_views",
    "repeats_due",
    "compared",
    "likenesses",
    "sqlite_sequence",
    "recommendations_fts",
    "recommendations_fts_data",
    "recommendations_fts_idx",
    "recommendations_fts_docsize",
    "recommendations_fts_config",
    "recommendations_terms",
)
"""Tables by which the software keeps the plan, and which tell a reader nothing."""

SHUT: tuple[str, ...] = ("users", "sessions", "tokens")
"""Datasette does not show these even at their own address; a query written by hand still reads them."""


def metadata_yaml(database: str, partnership: str) -> str:
    """The description of the plan for Datasette. `database`: the name of the plan's file, without its ending."""
    top: dict[str, object] = {
        "title": one_line(f"{partnership}: Composite Action Plan" if partnership else "Composite Action Plan"),
        "description": "From a published review to a monitored action: reviews, their recommendations word for word, and "
        "what became of each.",
        "license": _LICENCE,
        "source": _SOURCE,
        "databases": {one_line(database): {"tables": _tables()}},
    }
    return "\n".join((*_HEADER, *_yaml(top, 0), ""))


def write_metadata(file: Path, database: str, partnership: str) -> Path:
    """Write the description where it is not there yet or differs; gives its path. Raises `CannotWork`."""
    content = metadata_yaml(database, partnership).encode()
    try:
        if file.read_bytes() == content:
            return file
    except OSError:
        pass  # absent or unreadable: writing it tells which, and what to do
    return save(file, content)


def _tables() -> dict[str, object]:
    tables: dict[str, object] = {name: _table(described) for name, described in DESCRIBED.items()}
    for name in HIDDEN:
        tables[name] = {"hidden": True, "allow": False} if name in SHUT else {"hidden": True}
    return tables


def _table(described: Described) -> dict[str, object]:
    said: dict[str, object] = {"title": described.title, "description": described.about}
    for key, value in (
        ("label_column", described.label),
        ("sort_desc", described.sort_desc),
        ("facets", [*described.facets, *({"array": column} for column in described.lists)]),
        ("columns", dict(described.columns)),
    ):
        if value:
            said[key] = value
    return said


def _yaml(block: Mapping[str, object], depth: int) -> list[str]:
    """A mapping as YAML in which every word is quoted as JSON quotes it, so that no word can be taken for anything else."""
    lines = []
    for key, value in block.items():
        start = f"{'  ' * depth}{json.dumps(key, ensure_ascii=False)}:"
        if isinstance(value, dict):
            lines += [start, *_yaml(value, depth + 1)]
        else:
            lines.append(f"{start} {json.dumps(value, ensure_ascii=False)}")
    return lines
