"""Pictures as files. Heavy to import (Altair, a JavaScript engine): import it where a picture is made, not before.

Nothing is fetched: the engine and the typefaces are in the packages.
"""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair
import vl_convert

from domain.files import save
from publish import wording

DEEP, PALE, INK, GREY = "#1d4e6b", "#a9c6d6", "#1f2a37", "#5b6b76"
_FONT = "Arimo, Arial, Helvetica, sans-serif"
_VEGA_LITE = "6.4"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the words that stand for it where it cannot be seen."""

    chart: altair.TopLevelMixin
    title: str
    words: str


def write_svg(picture: Picture, file: Path) -> None:
    """Draw a picture as SVG, with its words inside. Raises `CannotWork` where the file cannot be written."""
    drawn = vl_convert.vegalite_to_svg(picture.chart.to_dict(), vl_version=_VEGA_LITE, allowed_base_urls=[])
    save(file, _described(drawn, picture).encode())


def write_png(picture: Picture, file: Path) -> None:
    """Draw a picture as PNG. Raises `CannotWork` where the file cannot be written."""
    spec = picture.chart.to_dict()
    save(file, vl_convert.vegalite_to_png(spec, vl_version=_VEGA_LITE, scale=2, allowed_base_urls=[]))


def styled(chart: Any) -> altair.TopLevelMixin:  # noqa: ANN401 - Altair's layered and faceted charts share no base
    """A chart in the house's typeface and colours."""
    dressed: altair.TopLevelMixin = (
        chart.configure(font=_FONT, background="white", padding=16)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK, gridColor="#e3e9ed")
        .configure_title(color=DEEP, subtitleColor=GREY)
        .configure_header(labelColor=INK)
    )
    return dressed


def _described(svg: str, picture: Picture) -> str:
    """The drawing as one image with a name and a description, for those who hear it."""
    opening, rest = svg.split(">", 1)
    title = html.escape(wording.one_line(picture.title))
    words = html.escape(wording.one_line(picture.words))
    return (
        f'{opening} role="img" aria-labelledby="chart-title chart-words" lang="en-GB">'
        f'<title id="chart-title">{title}</title><desc id="chart-words">{words}</desc>{rest}'
    )
