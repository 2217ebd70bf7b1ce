import pytest

from domain.short_forms import SHORT_FORMS, in_full, other_forms, written_out


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("CSA in boys", "child sexual abuse"),
        ("s47 enquiries", "section 47"),
        ("s.47 enquiries", "section 47"),
        ("domestic violence", "DA"),
        ("looked after children", "LAC"),
        ("children in care", "CLA"),
        ("CCGs", "integrated care board"),
        ("integrated care boards", "clinical commissioning group"),
        ("multi-agency safeguarding hub", "MASH"),
        ("education, health and care plans", "EHCP"),
        ("female genital mutilation", "FGM"),
        ("camhs waiting times", "child and adolescent mental health services"),
    ],
)
def test_short_and_long_forms_find_each_other(typed: str, expected: str) -> None:
    assert expected in other_forms(typed)


def test_what_is_typed_already_is_not_added() -> None:
    assert other_forms("domestic abuse (DA)") == ("domestic violence", "DV")


def test_letters_inside_words_are_no_short_forms() -> None:
    assert other_forms("data dashboards for the sardine industry") == ()
    assert written_out("data dashboards") == "data dashboards"


def test_short_forms_are_written_out_for_comparing_by_meaning() -> None:
    assert written_out("DA in pregnancy") == "domestic abuse in pregnancy"
    assert written_out("IROs and GPs") == "independent reviewing officer and general practitioner"


def test_no_short_form_stands_twice() -> None:
    assert len({short.casefold() for short in SHORT_FORMS}) == len(SHORT_FORMS)


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("be at every MARAC at which", "be at every multi-agency risk assessment conference at which"),
        ("All GPs and each GP’s practice", "All general practitioners and each general practitioner’s practice"),
        ("s47, s.47 and S 47 enquiries", "section 47, section 47 and section 47 enquiries"),
        ("a return home interview (RHI) and RHIs", "a return home interview and return home interviews"),
        (
            "in children (CLA) and the SAB (Wexmere)",
            "in children (child looked after) and the safeguarding adults board (Wexmere)",
        ),
        (
            "child protection plans (CPP) for looked after children (LAC)",
            "child protection plans for looked after children",
        ),
    ],
)
def test_a_report_is_read_with_its_short_forms_in_full(printed: str, full: str) -> None:
    assert in_full(printed) == full


@pytest.mark.parametrize("text", ["a dash of pep in the send-off", "SARDINES and a GPS", "", "no short form"])
def test_what_is_no_short_form_in_a_report_is_left(text: str) -> None:
    assert in_full(text) == text
