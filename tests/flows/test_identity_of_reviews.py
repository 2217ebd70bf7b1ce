"""The same content is the same review, for good; a new edition is a person's to recognise; what people said stays."""

from pathlib import Path

import pikepdf
import pytest

from domain.processed import AlreadyIngested, Ingested, NewEdition, Processed
from domain.records import Rejected
from domain.states import Outcome, Reason
from flows.ingest import ingest
from plan import reading
from services import deciding
from services.house import House
from tests.services import making

PRINTED = "SELECT id, text, number, page, lead_in, kind FROM recommendations ORDER BY id"


@pytest.fixture
def corpus(plan: Path) -> Path:
    """The corpus of the plan, with its five reviews."""
    return making.copied(plan.parent / "corpus")


def run(plan: Path, *files: Path, **how: bool) -> list[Processed]:
    report, _ = ingest(making.settings(plan), files or sorted((plan.parent / "corpus").iterdir()), **how)
    return list(report.processed)


def second_edition(corpus: Path, *, without_page: int | None = None) -> Path:
    """The Juniper review again, with other content; without one of its pages where one is named."""
    file = corpus / "Juniper (second edition).pdf"
    with pikepdf.open(making.reviews() / making.JUNIPER) as pdf:
        pdf.docinfo["/Keywords"] = "second edition"
        if without_page:
            del pdf.pages[without_page - 1]
        pdf.save(file)
    return file


def decided(plan: Path) -> tuple[str, str, str]:
    """An action, a label and a refusal on the Juniper review: the identifiers of the three."""
    with making.house(plan) as house:
        first, second, third = (deciding.find_recommendation(house, f"B {n}").id for n in ("8.2", "8.3", "8.11"))
        deciding.adopt(house, first, quadrant=None, why="", text="Use the tool, and look whether it helps")
        deciding.label(house, second, quadrant="Q3", secondary=None, issues=("neglect",), areas=(), note="read twice")
        deciding.decline(house, third, reason="done already")
    return first, second, third


def what_people_said(plan: Path) -> list[list[tuple[object, ...]]]:
    file = plan / "cap.db"
    return [
        making.ask(file, "SELECT recommendation_id, quadrant, issues, note, who FROM decisions ORDER BY id"),
        making.ask(file, "SELECT ref, text, status FROM actions ORDER BY ref"),
        making.ask(file, "SELECT action_id, recommendation_id FROM action_recommendations ORDER BY 1, 2"),
        making.ask(file, "SELECT recommendation_id, outcome, reason FROM outcomes ORDER BY id"),
    ]


def test_the_same_pdf_under_any_name_changes_nothing_and_is_said(plan: Path, corpus: Path) -> None:
    for name in making.NAMES.values():
        (corpus / name).rename(corpus / f"another name of {name}")
    before = making.dump(plan / "cap.db")
    outcomes = run(plan)
    assert {type(o) for o in outcomes} == {AlreadyIngested}
    for outcome in outcomes:
        assert isinstance(outcome, AlreadyIngested)
        assert outcome.file == f"another name of {outcome.review.file}"
    assert making.dump(plan / "cap.db") == before


def test_reading_again_keeps_identifiers_decisions_and_actions(plan: Path, corpus: Path) -> None:
    decided(plan)
    file = plan / "cap.db"
    before = [making.ask(file, PRINTED), *what_people_said(plan)]
    outcomes = run(plan, again=True)
    assert [type(o) for o in outcomes] == [Ingested] * 5
    assert all(isinstance(o, Ingested) and o.new == 0 and o.found == o.review.recommendations for o in outcomes)
    assert [making.ask(file, PRINTED), *what_people_said(plan)] == before
    assert making.ask(file, "SELECT count(*) FROM recommendations WHERE difference IS NOT NULL") == [(0,)]
    assert not list((plan / "readings").iterdir())


def test_a_reader_that_reads_better_changes_words_and_loses_no_decision(plan: Path, corpus: Path) -> None:
    first, _, third = decided(plan)
    file = plan / "cap.db"
    with making.house(plan) as house:
        house.plan.execute("UPDATE recommendations SET text = 'Misread: ' || text WHERE id = ?", [first])
    said = what_people_said(plan)
    (outcome,) = run(plan, corpus / making.JUNIPER, again=True)
    assert isinstance(outcome, Ingested)
    assert "Read differently from before: 1 recommendation. Compare with the pages." in outcome.warnings
    assert what_people_said(plan) == said
    ((text, difference),) = making.ask(file, "SELECT text, difference FROM recommendations WHERE id = ?", first)
    assert not text.startswith("Misread")
    assert difference == "changed"
    assert making.ask(file, "SELECT text FROM earlier_readings WHERE recommendation_id = ?", first) == [
        ("Misread: " + text,)
    ]
    assert making.ask(file, "SELECT outcome FROM recommendations WHERE id = ?", third) == [(Outcome.DECLINED,)]


def test_a_new_edition_is_offered_with_where_it_lies_for_whoever_settles_it(
    plan: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan.parent)
    edition = second_edition(corpus)
    before = making.dump(plan / "cap.db")
    (offered,) = [o for o in run(plan) if not isinstance(o, AlreadyIngested)]
    assert isinstance(offered, NewEdition)
    assert offered.review.letter == "B"
    assert offered.path == str(edition.relative_to(plan.parent))
    assert "Is it a new edition of that review, or a separate review?" in offered.message
    runs = ('INSERT INTO "runs"', 'INSERT INTO "refused_files"')
    assert [s for s in making.dump(plan / "cap.db") if not s.startswith(runs)] == [
        s for s in before if not s.startswith(runs)
    ]
    assert len(list((plan / "originals").iterdir())) == 5
    assert not list((plan / "readings").iterdir())


def test_a_new_edition_takes_the_place_of_the_old_and_decisions_carry_over(plan: Path, corpus: Path) -> None:
    _, _, third = decided(plan)
    said, count = what_people_said(plan), making.ask(plan / "cap.db", "SELECT count(*) FROM recommendations")
    edition = second_edition(corpus, without_page=7)
    (outcome,) = run(plan, edition, edition=True)
    assert isinstance(outcome, Ingested)
    assert outcome.review.letter == "B"
    assert outcome.review.file == edition.name
    assert any(w.startswith("Found before and not now: ") for w in outcome.warnings)
    assert what_people_said(plan) == said
    assert making.ask(plan / "cap.db", "SELECT count(*) FROM recommendations") == count, "nothing is dropped"
    assert making.ask(plan / "cap.db", "SELECT difference FROM recommendations WHERE id = ?", third) == [("missing",)]
    assert len(list((plan / "originals").iterdir())) == 6, "both editions are kept"
    assert {type(o) for o in run(plan)} == {AlreadyIngested}, "and both are known from now on"


def test_a_new_edition_names_the_actions_that_answer_what_it_dropped(plan: Path, corpus: Path) -> None:
    with making.house(plan) as house:
        dropped = deciding.find_recommendation(house, "B 8.11").id
        ref = deciding.adopt(house, dropped, quadrant="Q2", why="").ref
    (outcome,) = run(plan, second_edition(corpus, without_page=7), edition=True)
    assert isinstance(outcome, Ingested)
    (told,) = [w for w in outcome.warnings if w.startswith("Action ")]
    assert told.startswith(f"Action {ref} answers {dropped}, which is not found any more.")
    assert "To look at each and settle it: cap differences" in outcome.warnings


def test_reading_again_does_not_bring_an_old_edition_back(plan: Path, corpus: Path) -> None:
    edition = second_edition(corpus)
    edition = edition.rename(corpus / "A new edition, before the old one by name.pdf")
    run(plan, edition, edition=True)
    current = making.ask(plan / "cap.db", "SELECT sha256, file FROM reviews WHERE letter = 'B'")
    outcomes = {o.file: o for o in run(plan, again=True)}
    assert isinstance(outcomes[making.JUNIPER], AlreadyIngested)
    assert isinstance(outcomes[edition.name], Ingested)
    assert making.ask(plan / "cap.db", "SELECT sha256, file FROM reviews WHERE letter = 'B'") == current


def test_a_review_of_its_own_is_added_beside(plan: Path, corpus: Path) -> None:
    before = making.ask(plan / "cap.db", PRINTED)
    (outcome,) = run(plan, second_edition(corpus), edition=False)
    assert isinstance(outcome, Ingested)
    assert outcome.review.letter != "B"
    assert outcome.repeats == outcome.found, "each asks what the other asks already"
    after = making.ask(plan / "cap.db", PRINTED)
    assert [row for row in after if row in before] == before
    assert len(after) == len(before) + outcome.found


def test_another_review_under_a_known_name_says_whose_file_it_was(plan: Path, corpus: Path) -> None:
    making.varied(making.SAMPLES / "dhr-marlow.pdf", corpus / making.MR_T, "a real review")
    ((letter,),) = making.ask(plan / "cap.db", "SELECT letter FROM reviews WHERE file = ?", making.MR_T)
    (outcome,) = run(plan, corpus / making.MR_T)
    assert isinstance(outcome, Ingested)
    (told,) = [w for w in outcome.warnings if "a file of this name" in w]
    assert told.startswith(f"Review {letter} came from") and f"of its own, {outcome.review.letter};" in told


def test_samples_enter_no_real_plan_and_real_reviews_beside_them_do(plan: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "mixed"
    corpus.mkdir()
    sample = corpus / "sample under another name.pdf"
    sample.write_bytes((making.SAMPLES / "sar-mr-t.pdf").read_bytes())
    real = making.varied(making.SAMPLES / "sar-mr-t.pdf", corpus / "real.pdf", "another case")
    outcomes = {o.file: o for o in run(plan, sample, real, edition=False)}
    refused = outcomes[sample.name]
    assert isinstance(refused, Rejected)
    assert refused.reason is Reason.SAMPLE
    assert isinstance(outcomes["real.pdf"], Ingested)
    with House(making.settings(plan)) as house:
        assert sample.name not in {r.file for r in reading.reviews(house.plan, audience=None)}
