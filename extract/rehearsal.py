"""A small report of our own, read once in a process before any stranger's.

Patterns are made, and libraries loaded, when they are first used. The reader works in a copy of its process for each file,
and what a copy makes goes with it: what is there before is there for every copy.
"""

from typing import Final

_PRINTED: Final = (
    (18, "Local Child Safeguarding Practice Review: Child Z"),
    (11, "Published by the Safeguarding Children Partnership, March 2021"),
    (11, "This serious case review was written by an independent reviewer."),
    (14, "5. Recommendations"),
    (11, "Recommendation 1: The Partnership should make sure that health visitors and the police share"),
    (11, "what they know of a household within five working days."),
    (11, "Recommendation 2: The integrated care board should audit supervision in general practice by 1 May 2022."),
)
_TOP, _STEP, _LEFT = 780, 28, 72


def report() -> bytes:
    """The report as a PDF of one page."""
    text = "BT " + " ".join(
        f"/F {size} Tf 1 0 0 1 {_LEFT} {_TOP - _STEP * line} Tm ({words}) Tj"
        for line, (size, words) in enumerate(_PRINTED)
    )
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(text) + 3}>>\nstream\n{text} ET\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = "%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode("ascii")
