import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from domain.framework import Framework
from domain.records import CountRow
from publish.charts import write_chart

Make = Callable[..., Any]

SVG = "{http://www.w3.org/2000/svg}"


def drawn(file: Path) -> Any:
    return etree.fromstring(file.read_bytes())


def texts(tree: Any) -> list[str]:
    return ["".join(node.itertext()) for node in tree.iter(f"{SVG}text")]


def test_over_time_every_figure_stands_at_its_point(rich: Make, tmp_path: Path) -> None:
    tree = drawn(write_chart(rich(), "quadrants", tmp_path / "c.svg"))
    shown = texts(tree)
    for figure in ("8", "10", "9", "6", "4", "5", "11", "19", "17", "16", "12"):
        assert figure in shown
    assert "Outstanding actions by quadrant, 30/04/2025 to 31/03/2026" in shown
    assert any("Basis: as the plan knew it that day" in words for words in shown)
    assert "31/01/26" in shown


def test_without_history_total_and_open_stand_apart(rich: Make, tmp_path: Path) -> None:
    shown = texts(drawn(write_chart(rich(history=()), "quadrants", tmp_path / "c.svg")))
    assert {"11 in all", "9 outstanding", "19 in all", "17 outstanding"} <= set(shown)
    assert "Actions by quadrant as of 31 March 2026" in shown


def test_the_words_stand_for_the_picture(rich: Make, tmp_path: Path) -> None:
    tree = drawn(write_chart(rich(partnership='A "B" & <C>\x00'), "quadrants", tmp_path / "c.svg"))
    assert tree.get("role") == "img"
    title, words = tree[0], tree[1]
    assert (title.tag, words.tag) == (f"{SVG}title", f"{SVG}desc")
    assert tree.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
    assert "Professional curiosity: 8 on 30/04/2025, 10 on 31/01/2026, 9 on 31/03/2026" in words.text
    assert "Total: 40 on 30/04/2025" in words.text
    assert 'A "B" & <C>' in words.text


def test_quadrants_stand_in_the_order_of_the_framework(rich: Make, tmp_path: Path, framework: Framework) -> None:
    shown = texts(drawn(write_chart(rich(), "quadrants", tmp_path / "c.svg")))
    first_words = [
        next(i for i, t in enumerate(shown) if t.startswith(e.title.split()[0])) for e in framework.quadrants
    ]
    assert first_words == sorted(first_words)


def test_what_has_no_quadrant_is_drawn_too(rich: Make, tmp_path: Path) -> None:
    stray = CountRow("quadrant", "none", "No quadrant", "actions", 41, 37, 4, 0)
    today = rich(history=(), counts=(*rich().counts, stray))
    assert {"No quadrant", "37 outstanding"} <= set(texts(drawn(write_chart(today, "quadrants", tmp_path / "a.svg"))))
    history = tuple((day, (*rows, stray)) for day, rows in rich().history)
    assert texts(drawn(write_chart(rich(history=history), "quadrants", tmp_path / "b.svg"))).count("37") == 3


def test_an_empty_plan_is_drawn_from_nought(make: Make, tmp_path: Path) -> None:
    shown = texts(drawn(write_chart(make(), "quadrants", tmp_path / "c.svg")))
    assert shown.count("0 in all") == 4
    assert "Recommendations by quadrant as of 31 March 2026" in shown


def test_snapshots_that_are_no_dates_are_taken_in_their_order(rich: Make, tmp_path: Path) -> None:
    history = tuple((day, rows) for day, (_, rows) in zip(("Spring", "Autumn", "Winter"), rich().history, strict=True))
    shown = texts(drawn(write_chart(rich(history=history), "quadrants", tmp_path / "c.svg")))
    places = [shown.index(day) for day in ("Spring", "Autumn", "Winter")]
    assert places == sorted(places)


def test_svg_and_png_are_the_same_each_time(rich: Make, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        for ending in ("svg", "png"):
            write_chart(rich(), "quadrants", tmp_path / f"{name}.{ending}")
        made.append(((tmp_path / f"{name}.svg").read_bytes(), (tmp_path / f"{name}.png").read_bytes()))
    assert made[0] == made[1]
    assert made[0][1].startswith(b"\x89PNG")


def test_nothing_in_the_picture_is_fetched(rich: Make, tmp_path: Path) -> None:
    svg = write_chart(rich(), "quadrants", tmp_path / "c.svg").read_text()
    assert "href" not in svg.replace("xmlns:xlink", "")
    assert svg.count("http") == svg.count("http://www.w3.org/")


def test_days_are_the_same_west_of_greenwich(rich: Make, tmp_path: Path) -> None:
    here = write_chart(rich(), "quadrants", tmp_path / "here.svg").read_bytes()
    code = (
        "import pickle, sys; from pathlib import Path; from publish.charts import write_chart;"
        "write_chart(pickle.loads(sys.stdin.buffer.read()), 'quadrants', Path(sys.argv[1]))"
    )
    there = tmp_path / "there.svg"
    subprocess.run(
        [sys.executable, "-c", code, str(there)],
        input=pickle.dumps(rich()),
        env={**os.environ, "TZ": "America/Los_Angeles", "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    assert there.read_bytes() == here


def test_the_rest_of_the_room_does_not_load_the_drawing_engine() -> None:
    code = (
        "import sys, publish.workbook, publish.document, publish.exports, publish.rounds, publish.meeting, "
        "publish.modelcard; sys.exit(bool({'altair', 'vl_convert', 'pandas'} & set(sys.modules)))"
    )
    subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, check=True
    )
