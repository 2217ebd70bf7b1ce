"""How many recommendations are found, word for word and on their page: by family of report, and whatever went wrong.

usage: python benchmarks/extraction_accuracy.py [--verbose]

The reports for evaluation, where they are at hand, then each set of fictional reviews that the tests hold.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from extract.reader import read_json  # noqa: E402
from tests.extract.scoring import Item, Score, answers, matched, score, total, words  # noqa: E402

EVALUATION = ROOT.parent / "shared" / "evaluation"
SETS = ("reviews", "further_reviews", "held_out_reviews", "typical_reviews", "hardest_reviews")
FIELDS = ("pages", "also_on", "number", "kind", "lead_in", "addressee", "single_agency", "target_date")


def family_of_report(name: str, items: list[Item]) -> str:
    """The family of a report for evaluation, by its name and by what it asks."""
    if "joint-inspection" in name:
        return "joint inspections"
    if "inspection" in name:
        numbered = any(item["kind"] == "recommendation" for item in items)
        return "long inspections" if numbered else "short inspections"
    return "government reports"


def evaluation() -> Iterator[tuple[str, Path, list[Item]]]:
    """Family, file and expected items of the reports for evaluation; nothing where they are not at hand."""
    gold = EVALUATION / "extraction_gold.json"
    if gold.is_file():
        for name, report in json.loads(gold.read_text("utf-8")).items():
            items = report["recommendations"]
            yield family_of_report(name, items), EVALUATION / "reports" / f"{name}.pdf", items


def fictional(folder: Path) -> Iterator[tuple[str, Path, list[Item]]]:
    """Type of review, file and expected items of a set of fictional reviews."""
    for name, review in answers(folder).items():
        yield review["type"], folder / name, review["recommendation"]


def read(file: Path) -> dict[str, Any]:
    """What the extraction gives for a file; no items where it is refused."""
    return {"recommendations": [], **read_json(str(file), file.name)}


def faults(expected: list[Item], found: list[Item]) -> Iterator[str]:
    """What was missed, what is too many, and where the words part."""
    pairs = matched(expected, found)
    for i in sorted(set(range(len(expected))) - {i for i, _ in pairs}):
        yield f"missed, page {expected[i]['page']}: {expected[i]['text'][:110]}"
    for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
        yield f"too many, page {found[j]['page']}: {found[j]['text'][:110]}"
    for i, j in pairs:
        if words(expected[i]["text"]) != words(found[j]["text"]):
            yield f"not word for word, page {expected[i]['page']}: {expected[i]['text'][:110]}"


def report(title: str, reports: list[tuple[str, Path, list[Item]]], *, verbose: bool) -> None:
    """Read a set of reports and print its scores by family."""
    by_family: Mapping[str, list[Score]] = defaultdict(list)
    print(title)
    with ProcessPoolExecutor() as readers:
        for (family, file, items), result in zip(
            reports, readers.map(read, [file for _, file, _ in reports]), strict=True
        ):
            found = result["recommendations"]
            by_family[family].append(score(items, found))
            for fault in faults(items, found) if verbose else ():
                print(f"    {file.name}: {fault}")
    for family, scores in sorted(by_family.items()):
        print(f"  {family:22} {total(scores).line()}")
    whole = total(s for scores in by_family.values() for s in scores)
    print(f"  {'all':22} {whole.line()}")
    print("  of the matched: " + ", ".join(f"{name} {whole.share(name):.3f}" for name in FIELDS))


def main() -> int:
    """Score every set and print."""
    verbose = "--verbose" in sys.argv[1:]
    real = list(evaluation())
    if real:
        report("Reports for evaluation", real, verbose=verbose)
    else:
        print(f"The reports for evaluation are not at hand in {EVALUATION}.")
    for name in SETS:
        folder = ROOT / "tests" / "extract" / name
        report(f"Fictional reviews, {name.replace('_', ' ')}", list(fictional(folder)), verbose=verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
