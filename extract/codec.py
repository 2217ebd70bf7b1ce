"""Extractions as plain JSON values and back: what crosses the sandbox's border and what `cap extract --json` prints."""

from dataclasses import asdict
from typing import Any

from domain.records import (
    Box,
    ExtractedRecommendation,
    Extraction,
    Particulars,
    Place,
    PossibleRecommendation,
    Rejected,
)
from domain.states import Kind, Reason


def to_json(extraction: Extraction) -> dict[str, Any]:
    """An extraction in the documented shape of `cap extract --json`."""
    return {
        "review": {
            "sha256": extraction.sha256,
            "file": extraction.file,
            "pages": extraction.pages,
            **_particulars(extraction.particulars),
        },
        "recommendations": [_recommendation(r) for r in extraction.recommendations],
        "possible": [asdict(p) for p in extraction.possible],
        "partial": extraction.partial,
        "warnings": list(extraction.warnings),
    }


def rejected_to_json(rejected: Rejected) -> dict[str, Any]:
    """A rejected file in the documented shape."""
    return {"file": rejected.file, "rejected": {"reason": rejected.reason.value, "message": rejected.message}}


def from_json(value: dict[str, Any]) -> Extraction | Rejected:
    """What came back from the sandbox, as records. Raises KeyError, TypeError or ValueError where it is of another shape."""
    if "rejected" in value:
        return Rejected(value["file"], Reason(value["rejected"]["reason"]), value["rejected"]["message"])
    review = value["review"]
    return Extraction(
        sha256=review["sha256"],
        file=review["file"],
        pages=review["pages"],
        particulars=_from_particulars(review),
        recommendations=tuple(_from_recommendation(r) for r in value["recommendations"]),
        possible=tuple(
            PossibleRecommendation(p["text"], p["page"], p["section"], p["why"], _boxes(p["boxes"]), p["score"])
            for p in value["possible"]
        ),
        partial=value["partial"],
        warnings=tuple(value["warnings"]),
    )


_FIELDS = ("title", "case_ref", "review_type", "publisher", "lead_reviewer", "published")


def _particulars(particulars: Particulars) -> dict[str, Any]:
    fields = {name: getattr(particulars, name) for name in _FIELDS}
    return {**fields, "places": {place.field: place.page for place in particulars.places}}


def _from_particulars(review: dict[str, Any]) -> Particulars:
    places = tuple(Place(name, page) for name, page in review["places"].items())
    return Particulars(**{name: review[name] for name in _FIELDS}, places=places)


def _recommendation(r: ExtractedRecommendation) -> dict[str, Any]:
    return {
        "number": r.number,
        "text": r.text,
        "lead_in": r.lead_in,
        "page": r.page,
        "pages": list(r.pages),
        "also_on": list(r.also_on),
        "section": r.section,
        "kind": r.kind.value,
        "addressee": r.addressee,
        "heading_names": r.heading_names,
        "agencies": list(r.agencies),
        "single_agency": r.single_agency,
        "target_date": r.target_date,
        "boxes": [asdict(box) for box in r.boxes],
    }


def _from_recommendation(value: dict[str, Any]) -> ExtractedRecommendation:
    return ExtractedRecommendation(
        text=value["text"],
        page=value["page"],
        section=value["section"],
        kind=Kind(value["kind"]),
        number=value["number"],
        lead_in=value["lead_in"],
        pages=tuple(value["pages"]),
        also_on=tuple(value["also_on"]),
        addressee=value["addressee"],
        heading_names=value["heading_names"],
        agencies=tuple(value["agencies"]),
        single_agency=value["single_agency"],
        target_date=value["target_date"],
        boxes=_boxes(value["boxes"]),
    )


def _boxes(values: list[dict[str, Any]]) -> tuple[Box, ...]:
    return tuple(Box(**value) for value in values)
