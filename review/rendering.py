"""Pages as HTML: one typed object a page, its template, and the words that templates share."""

import hashlib
import json
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

import jinja2
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, RedirectResponse

from domain.framework import Framework
from domain.identity import is_software
from domain.overdue import never_overdue, target_day
from domain.records import ActionRow, Event
from domain.states import Role
from plan.import_rows import field_name
from publish import wording
from publish.movements import reason_words
from review.access import Visit
from review.sentences import without_commands

# Which topic of the help tells about an address, the longest beginning first.
HELP: Final = {
    "/add": "reviews", "/jobs": "reviews", "/reviews": "reviews", "/possible": "reviews", "/labels": "labels",
    "/decide": "deciding", "/actions": "deciding", "/import": "deciding", "/recommendations": "deciding",
    "/repeats": "repeats", "/search": "repeats", "/themes": "themes", "/files": "deciding", "/people": "people",
    "/activity": "people", "/model": "labels",
}  # fmt: skip

EVENTS: Final = {"words mended": "words corrected", "addressee corrected": "whom it addresses corrected"}
"""Kinds of events that pages call otherwise than the trail does."""
CODED: Final = frozenset({"quadrant", "secondary", "issues", "areas", "standards", "source", "review_type", "agencies"})
"""Fields of the trail that hold codes of the framework."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+\+00:00")
_identifiers: Final[ContextVar[Counter[str]]] = ContextVar("identifiers given on the page that is being made")
HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


class Page(Protocol):
    """What a page shows. `template`: its file; `title`: for the browser's bar and the heading."""

    template: ClassVar[str]

    @property
    def title(self) -> str:
        """What the page is called."""
        ...


def render(
    visit: Visit | None,
    page: Page,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> HTMLResponse:
    """A page for a visit, or for somebody who has not signed in. quiet: what was to be told is left to the next page."""
    framework = visit.house.framework if visit is not None else None
    _identifiers.set(Counter())
    words = (
        _environment()
        .get_template(page.template)
        .render(
            page=page,
            visit=visit,
            framework=framework,
            notice="" if quiet else _notice(visit),
            partnership=_partnership(visit),
            topic=topic_of(visit.request.url.path) if visit is not None else "",
        )
    )
    return HTMLResponse(words, status_code=status, headers=dict(headers or {}))


def new_token() -> str:
    """A token for a form that is to be taken once: see `review.once`."""
    return secrets.token_urlsafe(12)


def topic_of(path: str) -> str:
    """The topic of the help that tells about an address."""
    return HELP.get("/" + path.strip("/").split("/")[0], "start")


def go_to(address: str) -> RedirectResponse:
    """On to a page after a form was taken: loading that page again sends nothing twice."""
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def tell(visit: Visit, words: str) -> None:
    """Say something on the next page that this person sees."""
    visit.request.app.state.notices[visit.form_word] = words


def _notice(visit: Visit | None) -> str:
    return str(visit.request.app.state.notices.pop(visit.form_word, "")) if visit is not None else ""


def _partnership(visit: Visit | None) -> str:
    return visit.house.settings.partnership if visit is not None else ""


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(static=static, new_token=new_token, roles=tuple(Role), unique_id=unique_id)
    made.filters.update(
        day=day,
        moment=moment,
        target=day,
        confidence=wording.confidence,
        chance=wording.chance,
        refs=wording.review_refs,
        sentence=wording.sentence_case,
        percent=lambda share: f"{round(100 * share)}%",
        done_on=done_on,
        event=lambda what: EVENTS.get(what, what),
        person=person,
        never_overdue=lambda action: never_overdue(action.status, action.target_date),
        on_a_page=without_commands,
        reason=reason_words,
        told_apart=wording.told_apart,
        event_changes=event_changes,
        title_of=title_of,
        agency=agency,
        marked=marked,
        paragraphs=paragraphs,
        changes=changes,
        in_titles=in_titles,
        options=lambda entries: [(entry.code, entry.title) for entry in entries],
        same=lambda words: [(word, word) for word in words],
        zip_with=lambda one, other: list(zip(one, other, strict=True)),
    )
    return made


def unique_id(name: str) -> str:
    """The name, or what no other place of the page being made is called by: several forms of a page may ask the same."""
    given = _identifiers.get()
    given[name] += 1
    return name if given[name] == 1 else f"{name}-{given[name]}"


@cache
def static(name: str) -> str:
    """The address of a file of ours, which changes when its content does, so that browsers may keep it."""
    version = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={version}"


def done_on(action: ActionRow, words: str | None) -> str:
    """The day on which an action was completed, assured or closed: "26 November 2026", or "by" it where that is all we know."""
    return f"by {day(words)}" if words and wording.at_the_latest(action, words) else day(words)


def day(words: str | None) -> str:
    """A day as people write it: 26 November 2026; a month or year alone as they are written; other words as they are."""
    if not words:
        return ""
    found = target_day(words[:10])
    if found is not None:
        return wording.long_date(found)
    try:
        return datetime.strptime(words, "%Y-%m").strftime("%B %Y")
    except ValueError:
        return words


def moment(words: str) -> str:
    """A moment of the audit trail, in this computer's own time: 26 November 2026, 14:03."""
    then = datetime.fromisoformat(words).astimezone()
    return f"{then.day} {then:%B %Y, %H:%M}"


def person(who: str) -> str:
    """Who did something, for a page of one thing: a run is the software's work, and its number is for the trail."""
    return "the software" if is_software(who) else who


def title_of(code: str | None, framework: Framework) -> str:
    """The title of a code, or the code itself where an older framework knew it."""
    return framework.title(code) if code else ""


def in_titles(words: str, framework: Framework) -> str:
    """A sentence with the codes of quadrants in it written out as their titles."""
    for code in framework.quadrant_codes:
        words = re.sub(rf"\b{re.escape(code)}\b", f"“{framework.title(code)}”", words)
    return words


def agency(words: str, framework: Framework) -> str:
    """A lead agency as printed: a code becomes its title, other words stay."""
    return wording.agency_words(framework, words)


def marked(text: str, ranges: tuple[tuple[int, int], ...], kind: str = "") -> Markup:
    """A text with ranges of characters marked, everything in it escaped; kind: the class of the marks."""
    opening = Markup('<span class="{}">').format(kind) if kind else Markup("<mark>")
    closing = Markup("</span>") if kind else Markup("</mark>")
    out, done = Markup(""), 0
    for start, end in sorted(ranges):
        if start < done:
            continue
        out += escape(text[done:start]) + opening + escape(text[start:end]) + closing
        done = end
    return out + escape(text[done:])


def paragraphs(text: str) -> Markup:
    """A text with its lines kept."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def changes(before: str | None, after: str | None, framework: Framework | None = None) -> list[tuple[str, str, str]]:
    """What an event changed: names in words, with what stood before and what stands now; what stayed is left out.

    framework: writes its codes out as their titles.
    """
    was, now = (_fields(words, framework) for words in (before, after))
    return [
        (field_name(name), was.get(name, ""), now.get(name, ""))
        for name in dict.fromkeys((*was, *now))
        if was.get(name, "") != now.get(name, "")
    ]


def event_changes(event: Event, framework: Framework | None = None) -> list[tuple[str, str, str]]:
    """What an event changed. Earlier versions told a whole action where another recommendation joined it: that is no change."""
    if event.what != "recommendation joined" or event.before is not None:
        return changes(event.before, event.after, framework)
    return [change for change in changes(None, event.after, framework) if change[0] == "recommendation"]


def _fields(words: str | None, framework: Framework | None) -> dict[str, str]:
    if words is None:
        return {}
    value: Any = json.loads(words)
    if not isinstance(value, dict):
        return {"": _said(value, None)}
    return {str(name): _said(field, framework if name in CODED else None) for name, field in value.items()}


def _said(value: object, framework: Framework | None) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_said(one, framework) for one in value) if framework else ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(one, framework)}" for name, one in value.items())
    words = str(value)
    if _MOMENT.fullmatch(words):
        return moment(words)
    if framework is not None:
        return framework.title(words)
    return day(words) if _DAY.fullmatch(words) else words
