"""What other programs read: the shapes that the design fixes, key by key. More keys may come; none may go."""

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from domain.framework import load_framework
from tests.cap.conftest import Cap
from tests.services import making

FRAMEWORK = load_framework()
TEXTS = [
    {"id": "a", "text": "All agencies must share information promptly when a child moves between areas."},
    {"id": "b", "text": "When a child moves between areas, agencies should share information about them promptly."},
    {"id": "7", "text": "The Board should audit the use of the neglect tool – and report what it finds."},
]


def lines(out: str) -> list[Any]:
    assert out.endswith("\n")
    return [json.loads(line) for line in out.splitlines()]


def jsonl(*values: object) -> bytes:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()


def test_extract(cap: Cap, desk: Path) -> None:
    file = making.reviews() / making.MR_T
    (desk / "letter.pdf").write_bytes(b"no pdf")
    ended = cap("extract", file, "letter.pdf", "--json")
    assert ended.code == 1
    whole, refused = lines(ended.out)
    assert refused == {
        "file": "letter.pdf",
        "rejected": {"reason": "not a PDF", "message": ended.err.strip().removeprefix("Not taken (not a PDF): ")},
    }
    assert whole["review"] == {
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "file": making.MR_T, "pages": 9,
        "title": whole["review"]["title"], "case_ref": "Mr T", "review_type": "SAR",
        "publisher": "Wexmere Safeguarding Adults Board", "lead_reviewer": whole["review"]["lead_reviewer"],
        "published": "2022-11-02", "places": whole["review"]["places"],
    }  # fmt: skip
    assert len(whole["recommendations"]) == 12
    for one in whole["recommendations"]:
        assert set(one) >= {
            "number", "text", "lead_in", "page", "pages", "also_on", "section", "kind", "addressee", "agencies",
            "single_agency", "boxes",
        }  # fmt: skip
        assert one["text"] == " ".join(one["text"].split())
        assert one["page"] == one["pages"][0]
        assert one["kind"] in ("recommendation", "question", "area")
        assert set(one["agencies"]) <= set(FRAMEWORK.agency_codes)
        assert isinstance(one["single_agency"], bool)
        for box in one["boxes"]:
            assert set(box) == {"page", "x0", "top", "x1", "bottom"}
            assert box["x0"] < box["x1"]
            assert box["top"] < box["bottom"]
        assert {box["page"] for box in one["boxes"]} <= {*one["pages"], *one["also_on"]}
    assert whole["partial"] is False
    assert whole["warnings"] == []
    for one in whole["possible"]:
        assert set(one) >= {"text", "page", "why", "boxes"}
    assert not (desk / "outputs" / "cap.db").exists(), "nothing is stored"


def test_classify(cap: Cap) -> None:
    ended = cap("classify", "--jsonl", stdin=jsonl(*TEXTS))
    assert (ended.code, ended.err) == (0, "")
    said = lines(ended.out)
    assert [one["id"] for one in said] == ["a", "b", "7"]
    for one in said:
        assert set(one) >= {
            "id", "quadrant", "secondary", "issues", "areas", "confidence", "scores", "unsure", "between",
        }  # fmt: skip
        assert one["quadrant"] in FRAMEWORK.quadrant_codes
        assert one["secondary"] is None or one["secondary"] in FRAMEWORK.quadrant_codes
        assert set(one["issues"]) <= set(FRAMEWORK.issue_codes)
        assert set(one["areas"]) <= set(FRAMEWORK.area_codes)
        assert list(one["scores"]) == list(FRAMEWORK.quadrant_codes)
        assert sum(one["scores"].values()) == pytest.approx(1, abs=0.001)
        assert 0 <= one["confidence"] <= 1
        assert isinstance(one["unsure"], bool)
        assert set(one["between"]) <= set(FRAMEWORK.quadrant_codes)
        assert bool(one["between"]) == one["unsure"]
    assert said[2]["areas"] or said[2]["issues"] == ["neglect"]


def test_repeats(cap: Cap) -> None:
    ended = cap("repeats", "--jsonl", stdin=jsonl(*TEXTS))
    assert (ended.code, ended.err) == (0, "")
    (group,) = lines(ended.out)
    assert group["group"] == ["a", "b"]
    (pair,) = group["evidence"]
    assert set(pair) >= {"a", "b", "score", "shared", "only_a", "only_b"}
    assert {pair["a"], pair["b"]} == {"a", "b"}
    assert 0 < pair["score"] <= 1


def test_search(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F 3").code == 0
    ended = cap(
        "search", "write to every professional who makes a referral in three working days", "--json", "--limit", "3"
    )
    assert (ended.code, ended.err) == (0, "")
    hits = lines(ended.out)
    assert len(hits) == 3
    for hit in hits:
        assert set(hit) >= {"score", "why", "recommendation", "actions"}
        assert set(hit["recommendation"]) >= {
            "id", "text", "page", "review_letter", "review_reference", "number", "outcome", "quadrant", "visibility",
        }  # fmt: skip
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    (adopted,) = [hit for hit in hits if hit["recommendation"]["outcome"] == "adopted"]
    assert [action["ref"] for action in adopted["actions"]] == adopted["recommendation"]["action_refs"]


@pytest.mark.parametrize("by", ["quadrant", "issue", "area", "agency", "review", "type", "status"])
def test_counts(cap: Cap, plan: Path, by: str) -> None:
    ended = cap("counts", "--json", "--by", by)
    assert (ended.code, ended.err) == (0, "")
    rows = lines(ended.out)
    for row in rows:
        assert set(row) >= {
            "by", "code", "title", "unit", "total", "open", "closed", "overdue", "proposed", "as_of", "basis", "audience",
        }  # fmt: skip
        assert (row["by"], row["basis"], row["audience"]) == (by, "known", "partnership")
        assert 0 <= row["open"] + row["closed"] <= row["total"] or by == "status"
    if by in ("quadrant", "review", "status"):
        recommendations = [row for row in rows if row["unit"] == "recommendations"]
        assert sum(row["total"] for row in recommendations) == len(making.said(plan)), "each is counted once"


def test_export(cap: Cap, plan: Path, desk: Path) -> None:
    assert cap("adopt", "F 3", "--target", "2027-03-31", "--lead", "Children's social care").code == 0
    assert cap("adopt", "F 4", "--target", "Ongoing").code == 0
    for audience in ("partnership", "public"):
        assert cap("visibility", "F", "published").code == (0 if audience == "partnership" else 2)
        ended = cap("export", "--format", "json", "--audience", audience, "--out", f"{audience}.json")
        assert ended.code == 0
        assert ended.out == f"{desk / audience}.json\n"
        told = json.loads((desk / f"{audience}.json").read_text(encoding="utf-8"))
        jsonschema.validate(told, json.loads((making.PROJECT / "publish" / "plan.schema.json").read_text()))
        assert set(told) >= {"actions", "reviews", "counts"}
        assert len(told["actions"]) == 2
        for action in told["actions"]:
            assert set(action) >= {
                "ref", "quadrant", "review_refs", "applies_to_all", "action", "lead_agency", "target_date", "status",
                "progress", "worry_statement", "success_goal", "next_steps", "home", "recommendations",
            }  # fmt: skip
            assert action["review_refs"] == ["F"]
            assert len(action["recommendations"]) == 1
        assert {action["target_date"] for action in told["actions"]} == {"2027-03-31", "Ongoing"}
        assert ("proposals" in told) == (audience == "partnership")
