"""A model's card in pictures: is its confidence to be trusted, and which quadrants does it take for which?

Heavy to import, as `publish.drawing` is.
"""

from pathlib import Path
from typing import Any

import altair

from publish.drawing import DEEP, GREY, INK, PALE, Picture, styled, write_svg
from publish.modelcard import CONFUSION, RELIABILITY, Evaluation


def write_model_charts(evaluation: Evaluation, folder: Path) -> tuple[Path, Path]:
    """Draw the reliability diagram and the confusion matrix beside the card; gives their files."""
    reliability, confusion = folder / RELIABILITY, folder / CONFUSION
    write_svg(_reliability(evaluation), reliability)
    write_svg(_confusion(evaluation), confusion)
    return reliability, confusion


def _reliability(evaluation: Evaluation) -> Picture:
    bands = [
        {"confidence": b["confidence"], "right": b["accuracy"], "n": b["n"], "words": f"{b['n']}"}
        for b in evaluation["bins"]
    ]
    scale = altair.Scale(domain=[0, 1])
    line = (
        altair.Chart({"values": [{"at": 0, "to": 0}, {"at": 1, "to": 1}]})
        .mark_line(color=GREY, strokeDash=[5, 4])
        .encode(x=altair.X("at:Q", scale=scale), y=altair.Y("to:Q", scale=scale))
    )
    base = altair.Chart({"values": bands}).encode(
        x=altair.X("confidence:Q", title="Mean confidence of the band", scale=scale, axis=altair.Axis(format="%")),
        y=altair.Y("right:Q", title="Share that was right", scale=scale, axis=altair.Axis(format="%")),
    )
    points = base.mark_point(filled=True, color=DEEP, size=70, opacity=1)
    counts = base.mark_text(dx=-16, dy=-10, color=INK, fontSize=11).encode(text="words:N")
    title = "Is its confidence to be trusted?"
    under = ["Beside each point: how many suggestions. On the broken line, confidence and share right are equal."]
    chart = (line + points + counts).properties(width=420, height=420, title=_titled(title, under))
    said = [f"mean confidence {b['confidence']:.2f}, right {b['right']:.2f}, {b['n']} suggestions" for b in bands]
    return Picture(styled(chart), title, f"{title} {under[0]} " + "; ".join(said) + ".")


def _confusion(evaluation: Evaluation) -> Picture:
    given = evaluation["confusion"]
    codes = list(dict.fromkeys((*given, *(code for row in given.values() for code in row))))
    cells: list[dict[str, Any]] = []
    for people in codes:
        row = [given.get(people, {}).get(model, 0) for model in codes]
        cells += [
            {"people": people, "model": model, "n": n, "share": n / max(sum(row), 1)}
            for model, n in zip(codes, row, strict=True)
        ]
    base = altair.Chart({"values": cells}).encode(
        x=altair.X("model:N", title="What it suggested", sort=codes, axis=altair.Axis(orient="top", labelAngle=0)),
        y=altair.Y("people:N", title="What people said", sort=codes),
    )
    shade = altair.Scale(domain=[0, 1], range=["#ffffff", PALE], interpolate="rgb")
    boxes = base.mark_rect(stroke=GREY).encode(color=altair.Color("share:Q", scale=shade, legend=None))
    figures = base.mark_text(color=INK, fontSize=14).encode(text="n:Q")
    title = "What people said, and what it suggested"
    chart = (boxes + figures).properties(width=320, height=320, title=_titled(title, ["Number of texts"]))
    said = [f"people {c['people']}, model {c['model']}: {c['n']}" for c in cells if c["n"]]
    return Picture(styled(chart), title, f"{title}: " + "; ".join(said) + ".")


def _titled(title: str, under: list[str]) -> altair.TitleParams:
    return altair.TitleParams(title, subtitle=under, anchor="start", fontSize=16, subtitleFontSize=12, offset=14)
