import pytest

from domain.short_forms import SHORT_FORMS, other_forms, written_out


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
