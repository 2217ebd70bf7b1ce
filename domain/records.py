"""The plain frozen records that the stages pass on. No behaviour, no I/O."""

from dataclasses import dataclass

from domain.states import Kind, Outcome, Rag, Reason, Status, Visibility


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page. `page` counts from 1; PDF points from the top left of the page as it is shown."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a particular was read: the field's name and its page, from 1; None: it stands in the file's properties only."""

    field: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a review says about itself. `published` is YYYY-MM-DD, YYYY-MM or YYYY; None: not stated.

    places: one for each field that is stated.
    """

    title: str | None = None
    case_ref: str | None = None
    review_type: str = "other"
    publisher: str | None = None
    lead_reviewer: str | None = None
    published: str | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractedRecommendation:
    """One recommendation as printed, and its place.

    number: the printed label without noun or closing punctuation; text: verbatim, white space folded; page: where the
    text starts, from 1; pages: all it runs over; also_on: pages that print it again; section: the heading it stands
    under; addressee: printed words; agencies: codes of the framework; target_date: printed words of a table's column;
    heading_names: the body that the heading over it names, where the addressee is only what it is called for short.
    """

    text: str
    page: int
    section: str
    kind: Kind = Kind.RECOMMENDATION
    number: str | None = None
    lead_in: str | None = None
    pages: tuple[int, ...] = ()
    also_on: tuple[int, ...] = ()
    addressee: str | None = None
    agencies: tuple[str, ...] = ()
    single_agency: bool = False
    target_date: str | None = None
    boxes: tuple[Box, ...] = ()
    heading_names: str | None = None


@dataclass(frozen=True, slots=True)
class PossibleRecommendation:
    """A passage that reads like a recommendation but stands where none was announced: a person decides.

    score: how much it reads like one, between 0 and 1; it orders a list and is no probability.
    """

    text: str
    page: int
    section: str
    why: str
    boxes: tuple[Box, ...] = ()
    score: float = 0.5


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one PDF yielded. `partial`: some pages could not be read; `warnings` say which and why, in plain words."""

    sha256: str
    file: str
    pages: int
    particulars: Particulars
    recommendations: tuple[ExtractedRecommendation, ...]
    possible: tuple[PossibleRecommendation, ...] = ()
    partial: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken, with the reason and one sentence that says what to do."""

    file: str
    reason: Reason
    message: str


# ------------------------------------------------------------------------------------------------ classification


@dataclass(frozen=True, slots=True)
class Scored:
    """A code of the framework with a calibrated score between 0 and 1."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled recommendation that a model learns from; `origin` is "example" (ours) or "decision" (a reviewer's)."""

    id: str
    text: str
    quadrant: str
    secondary: str | None = None
    issues: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    review_type: str = "other"
    origin: str = "example"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A labelled example close to a text, as evidence: cosine similarity between -1 and 1."""

    id: str
    text: str
    quadrant: str
    similarity: float
    origin: str = "example"


@dataclass(frozen=True, slots=True)
class Classification:
    """What a model suggests for one recommendation.

    scores: one for each quadrant, summing to 1, in the framework's order; unsure: a person must choose `between`;
    issues, areas: those suggested, with scores; standards: the three likeliest; words: those that weighed most.
    """

    quadrant: str
    secondary: str | None
    confidence: float
    unsure: bool
    between: tuple[str, ...]
    scores: tuple[Scored, ...]
    issues: tuple[Scored, ...]
    areas: tuple[Scored, ...]
    standards: tuple[Scored, ...]
    nearest: tuple[Nearest, ...]
    words: tuple[Scored, ...]
    model: str
    why_unsure: str = ""


# ------------------------------------------------------------------------------------------------ near-repeats


@dataclass(frozen=True, slots=True)
class Ask:
    """A text to be compared: `id` is the caller's; agencies: who is asked; source: its review, "" where that is not known."""

    id: str
    text: str
    agencies: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two asks judged to be the same, with the evidence: what they share and what one has that the other lacks."""

    a: str
    b: str
    score: float
    similarity: float
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepeatGroup:
    """Asks that belong together, and the pairs that hold them together. Members in the caller's order."""

    members: tuple[str, ...]
    pairs: tuple[Repeat, ...]


# ------------------------------------------------------------------------------------------------ the plan


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as the plan holds it. `letter` is its short reference in the published plan ("K")."""

    id: int
    sha256: str
    file: str
    review_type: str
    reference: str | None
    title: str | None
    publisher: str | None
    lead_reviewer: str | None
    published: str | None
    pages: int
    visibility: Visibility
    embargo_until: str | None
    letter: str
    added: str
    recommendations: int = 0
    partial: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation as the plan holds it, with its current label (the decision, else the suggestion)."""

    id: str
    review_id: int
    review_letter: str
    review_reference: str | None
    review_file: str
    number: str | None
    text: str
    lead_in: str | None
    page: int
    section: str
    kind: Kind
    addressee: str | None
    agencies: tuple[str, ...]
    single_agency: bool
    target_date: str | None
    outcome: Outcome
    quadrant: str | None
    secondary: str | None
    issues: tuple[str, ...]
    areas: tuple[str, ...]
    confidence: float | None
    unsure: bool
    decided: bool
    group_id: str | None
    action_refs: tuple[str, ...] = ()
    visibility: Visibility = Visibility.DRAFT
    published: str | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A row of the Composite Action Plan. `target_date` is an ISO date or the printed words ("Ongoing").

    printed_refs: those of `review_refs` that an imported plan prints and of which the plan has no review; recheck: the ISO
    day on which an assured action is looked at again; standards: codes of practice standards; source: the type of review
    that it came from where it answers no recommendation, else ""; released: the public may see it as far as its reviews go.
    """

    ref: str
    quadrant: str
    text: str
    lead_agency: str
    target_date: str | None
    original_target_date: str | None
    status: Status
    progress: str
    worry_statement: str
    success_goal: str
    next_steps: str
    home: str
    superseded_by: str | None
    review_refs: tuple[str, ...]
    applies_to_all: bool
    recommendations: tuple[str, ...]
    opened: str
    closed: str | None = None
    achieved: bool | None = None
    completed: str | None = None
    assured: str | None = None
    printed_refs: tuple[str, ...] = ()
    rag: Rag = Rag.NONE
    recheck: str | None = None
    standards: tuple[str, ...] = ()
    source: str = ""
    released: bool = True


@dataclass(frozen=True, slots=True)
class CountRow:
    """One figure of the thematic counts. `unit` is recommendations or actions; `code` belongs to the dimension `by`."""

    by: str
    code: str
    title: str
    unit: str
    total: int
    open: int
    closed: int
    overdue: int
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A recommendation found, and what became of it.

    score: orders the list and means nothing else; actions: its own and those of its near-repeats; passage: the part
    of its words that answers best, with the character ranges in it to mark; repeats: its near-repeats, which the list
    does not name again; very_words: it has what the person put in quotes or ended with a star, to the letter.
    """

    recommendation: RecommendationRow
    score: float
    why: str
    actions: tuple[ActionRow, ...] = ()
    passage: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    repeats: tuple[RecommendationRow, ...] = ()
    very_words: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit trail. `before` and `after` are JSON texts; `who` is a person, or a run of the software.

    by_software: whether it is a run; asked_by: the person who began that, "" where it began by itself.
    """

    at: str
    who: str
    what: str
    subject: str
    before: str | None
    after: str | None
    why: str
    by_software: bool = False
    asked_by: str = ""
