"""A page's object and its template belong together: no template asks for what the object lacks, and none is left over."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import nodes

import review.pages
from review.rendering import HERE, _environment

TEMPLATES = HERE / "templates"


def page_classes() -> list[type]:
    found = []
    for module in pkgutil.iter_modules(review.pages.__path__):
        for _, one in inspect.getmembers(importlib.import_module(f"review.pages.{module.name}"), inspect.isclass):
            if dataclasses.is_dataclass(one) and hasattr(one, "template") and one.__module__.startswith("review.pages"):
                found.append(one)
    return list(dict.fromkeys(found))


def asked_of(name: str, template: str) -> set[str]:
    """Attributes of the variable `name` that a template uses."""
    parsed = _environment().parse((TEMPLATES / template).read_text(encoding="utf-8"))
    return {
        one.attr for one in parsed.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name) and one.node.name == name
    }


@pytest.mark.parametrize("page", page_classes(), ids=lambda page: page.__name__)
def test_a_template_asks_for_nothing_that_its_page_lacks(page: Any) -> None:
    fields = {field.name for field in dataclasses.fields(page)}
    has = fields | {name for name, _ in inspect.getmembers(page) if not name.startswith("_")}
    asked = asked_of("page", page.template)
    assert asked <= has, f"{page.template} asks for {asked - has}"
    # What no template shows was computed for nothing.
    unused = fields - asked - {"template"} - set(re.findall(r"self\.(\w+)", inspect.getsource(page)))
    assert not unused, f"{page.__name__} has {unused}, which {page.template} does not show"


def test_no_template_is_left_over() -> None:
    used = {page.template for page in page_classes()}
    text = "\n".join(file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html"))
    used |= set(re.findall(r'(?:extends|import|from|include) "([^"]+)"', text))
    from review.pages.words import TOPICS

    used |= {f"help/{topic}.html" for topic in TOPICS}
    assert used == {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}


def test_every_filter_and_every_file_of_ours_that_templates_name_is_there() -> None:
    for file in TEMPLATES.rglob("*.html"):
        _environment().get_template(str(file.relative_to(TEMPLATES)))
        for name in re.findall(r"static\('([^']+)'\)", file.read_text(encoding="utf-8")):
            assert (HERE / "static" / name).is_file()


def words_of(file: Path) -> Iterator[str]:
    yield re.sub(r"(?s){[{%#].*?[}%#]}|<[^>]+>", " ", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_pages_speak_the_words_of_their_readers(file: Path) -> None:
    jargon = re.compile(
        r"\b(null|none found|boolean|database|query|regex|traceback|server|session|login|logout|user)\b", re.I
    )
    for text in words_of(file):
        assert not jargon.search(text), jargon.search(text)


def test_nothing_from_a_page_becomes_markup() -> None:
    made = _environment().from_string(
        "{{ x }}{{ x|paragraphs }}{{ x|marked(((0, 3),)) }}{{ x|marked(((0, 3),), 'only') }}"
    )
    out = made.render(x='<b>"&\n')
    assert "<b>" not in out and out.count("&lt;b&gt;") == 4
    with pytest.raises(jinja2.UndefinedError):
        _environment().from_string("{{ nothing }}").render()
