"""Make every review's PDF and answers.toml anew: python build.py [NAME ...] makes only these PDFs and no answers."""

import sys
from importlib import import_module
from pathlib import Path

import sar_mr_j
import scr_child_b
from answers import table
from printing import make
from story import read

NAMES = (
    "scr-child-b scr-child-v scr-child-k scr-child-q scr-systems-tern scr-child-h sar-adult-f dhr-willow sar-mr-j sar-mrs-d "
    "dhr-bramble audit-neglect lcspr-alder thematic-lantern lcspr-fern lcspr-sorrel"
).split()
READ_IN = {
    "scr-child-b": scr_child_b.WORDS,
    "sar-mr-j": sar_mr_j.WORDS,
}  # the same pages with words that can be looked up
HEAD = """# What sixteen fictional reviews in this folder are, and what should be extracted from them. Every name and place is invented.
# Page numbers count from 1 as a PDF viewer does. `none_of`: how passages begin that must be in no item. See README.md.
"""


def main(wanted: list[str]) -> None:
    out = Path(__file__).parent.parent
    found = []
    for name in wanted or NAMES:
        story, maker = read(name), import_module(name.replace("-", "_"))
        pdf = maker.build(story, out) if hasattr(maker, "build") else make(story, out, maker.layout)
        found.append(table(story, pdf, READ_IN.get(name)))
    if not wanted:
        (out / "answers.toml").write_text("\n".join([HEAD, *found]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
