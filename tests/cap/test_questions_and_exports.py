"""Search, counts and exports as a person asks for them."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from tests.cap.conftest import Cap
from tests.services import making

FORMATS = ("xlsx", "docx", "pdf", "csv", "json")


def test_search_finds_by_words_and_by_meaning_and_says_what_became(cap: Cap, plan: Path) -> None:
    assert cap("adopt", "F 3", "--quadrant", "Q2", "--target", "2027-03-31").code == 0
    ended = cap("search", "tell the referrer what was decided", "--limit", "3")
    assert (ended.code, ended.err) == (0, "")
    first = ended.out.split("\n\n")[0].splitlines()
    assert "Review F (Child F) recommendation 3, page 6, draft" in ended.out
    assert "found by" in ended.out
    assert any(line.startswith("  Action 2.1 (open, target 2027-03-31): ") for line in ended.out.splitlines())
    assert first[0].startswith("r-")


def test_search_takes_words_with_and_without_quotes(cap: Cap, plan: Path) -> None:
    assert cap("search", "fathers", "in", "assessments").out == cap("search", "fathers in assessments").out


@pytest.mark.parametrize(
    ("words", "check"),
    [
        (["--quadrant", "q1"], lambda out: "Professional curiosity" in out and "Leadership" not in out),
        (["--issue", "Neglect"], lambda out: "eglect" in out),
        (["--agency", "police"], lambda out: "olice" in out),
        (["--status", "Proposed"], lambda out: "proposed" in out and "declined" not in out),
        (["--status", "declined"], lambda out: out.startswith("Nothing was found")),
    ],
)
def test_search_narrows(cap: Cap, plan: Path, words: list[str], check: object) -> None:
    ended = cap("search", "children", *words)
    assert ended.code == 0, ended.err
    assert check(ended.out)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (["--quadrant", "Q9"], "Q1, Q2, Q3, Q4"),
        (["--issue", "weather"], "neglect"),
        (["--agency", "astronauts"], "police"),
        (["--status", "sleeping"], "proposed, adopted"),
    ],
)
def test_a_filter_that_is_not_known_is_said_with_those_that_are(
    cap: Cap, plan: Path, words: list[str], known: str
) -> None:
    ended = cap("search", "children", *words)
    assert (ended.code, ended.out) == (2, "")
    assert words[1] in ended.err
    assert known in ended.err


@pytest.mark.parametrize(
    "words", ['"', "AND OR NOT", "*", "a:b", "near(", "%", "'; --", "🙂", "的", "x" * 5000, "\x00"]
)
def test_any_words_may_be_searched(cap: Cap, plan: Path, words: str) -> None:
    assert cap("search", words).code == 0


def test_words_of_a_pdf_move_no_cursor(cap: Cap, plan: Path) -> None:
    with making.house(plan.parent) as house:
        house.plan.execute("UPDATE recommendations SET text = text || ?", ["\x1b[2J\x9b1m\x07"])
        house.plan.execute("UPDATE reviews SET reference = ? WHERE letter = 'F'", ["Child\x1b]0;x F"])
    for command in (["search", "fathers"], ["counts", "--by", "review"], ["adopt", "F 3"]):
        ended = cap(*command)
        assert ended.code == 0, ended.err
        assert not {"\x1b", "\x9b", "\x07"} & set(ended.out + ended.err)
    assert json.loads(cap("search", "fathers", "--json", "--limit", "1").out)["recommendation"]["text"].endswith("\x07")


@pytest.mark.parametrize("words", ["", "   "])
def test_no_words_are_no_question(cap: Cap, plan: Path, words: str) -> None:
    ended = cap("search", words)
    assert ended.code == 2
    assert "Say what to look for" in ended.err


def test_counts_show_each_unit_with_its_letters_and_codes(cap: Cap, plan: Path) -> None:
    ended = cap("counts", "--by", "review")
    assert ended.code == 0, ended.err
    assert "Recommendations by review, as of today (as recorded that day), for the partnership" in ended.out
    assert any(line.split()[:3] == ["F", "Child", "F"] for line in ended.out.splitlines()), "its letter is shown"
    assert "Actions by review" in ended.out


def test_counts_of_a_day_before_anything_was_known_are_nothing(cap: Cap, plan: Path) -> None:
    then = cap("counts", "--as-of", "2001-01-01")
    assert then.code == 0
    for line in then.out.splitlines():
        if line.startswith("Q"):
            assert line.split()[-5:] == ["0"] * 5
    effective = cap("counts", "--as-of", "2020-01-01", "--basis", "effective")
    assert effective.code == 0
    assert effective.out != then.out, "two reviews were published by then"


@pytest.mark.parametrize("given", ["tomorrow", "2026-13-01", "31/03/2026", "2999-01-01", ""])
@pytest.mark.parametrize("command", ["counts", "export"])
def test_a_day_that_cannot_be_is_said(cap: Cap, plan: Path, command: str, given: str) -> None:
    ended = cap(command, "--as-of", given)
    assert (ended.code, ended.out) == (2, "")
    assert "day" in ended.err or "still to come" in ended.err


# ------------------------------------------------------------------------------------------------ exports


def words_in(file: Path) -> str:
    """All the words of an export, whatever its form."""
    match file.suffix:
        case ".xlsx":
            book = openpyxl.load_workbook(file)
            return "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)
        case ".docx":
            with zipfile.ZipFile(file) as archive:
                return archive.read("word/document.xml").decode()
        case ".pdf":
            import pypdfium2

            with pypdfium2.PdfDocument(file) as pdf:
                text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
            return " ".join(text.split())
        case _:
            return file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_for_both_audiences(cap: Cap, plan: Path, desk: Path, kind: str) -> None:
    shown, hidden = "Tell every referrer", "Look whether the tool helps"
    assert cap("adopt", "F 3", "--quadrant", "Q2", "--text", shown).code == 0
    assert cap("adopt", "B 8.2", "--quadrant", "Q4", "--text", hidden).code == 0
    assert cap("visibility", "F", "published").code == 0
    whole = cap("export", "--format", kind, "--audience", "partnership")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out == f"{desk / 'outputs' / f'composite-action-plan-partnership.{kind}'}\n"
    words = words_in(Path(whole.out.strip()))
    assert shown in words
    assert hidden in words
    public = cap("export", "--format", kind)
    assert public.code == 0
    assert public.out == f"{desk / 'outputs' / f'composite-action-plan-public.{kind}'}\n"
    words = words_in(Path(public.out.strip()))
    assert shown in words
    for secret in (hidden, "Juniper", "Hazel", "Mr T", "Rowan", making.CHILD_F, "graded care", "neglect tool"):
        assert secret not in words
    assert public.err.startswith("Left out, because the public may not see them yet: review A, review B, review C, ")
    assert "review F" not in public.err
    if kind == "pdf":
        with pikepdf.open(public.out.strip()) as pdf:
            assert hidden not in str(pdf.docinfo)


def test_the_ending_of_the_file_says_the_format(cap: Cap, plan: Path, desk: Path) -> None:
    assert cap("export", "--out", "plan.csv").out == f"{desk / 'plan.csv'}\n"
    assert (desk / "plan.csv").read_text(encoding="utf-8-sig").startswith("Ref,")
    assert cap("export", "--out", "plan.of.june").code == 0
    assert (desk / "plan.of.june").read_bytes().startswith(b"PK"), "else it is a workbook"
    for command in (["export"], ["export", "--format", "pdf"], ["briefing", "Q2"]):
        unknown = cap(*command, "--out", "plan.odt")
        assert (unknown.code, unknown.out) == (2, ""), command
        assert "so that the kind of file is known" in unknown.err and not (desk / "plan.odt").exists()
    clash = cap("export", "--out", "plan.pdf", "--format", "csv")
    assert clash.code == 2
    assert "plan.pdf" in clash.err
    assert not (desk / "plan.pdf").exists()


def test_an_export_never_stands_half_in_the_way(cap: Cap, plan: Path, desk: Path) -> None:
    (desk / "folder.xlsx").mkdir()
    (desk / "file").write_text("")
    for out in ("folder.xlsx", "file/plan.xlsx", f"{'x' * 300}.xlsx"):
        ended = cap("export", "--out", out)
        assert (ended.code, ended.out) == (3, "")
        assert len(ended.err.splitlines()) == 1
    assert cap("export", "--out", "new folder/é/plan.xlsx").code == 0


# ------------------------------------------------------------------------------------------------ where the plan lies


def test_the_database_may_lie_elsewhere(cap: Cap, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    making.copied(desk / "corpus", making.ROWAN)
    (desk / "safe").mkdir()
    for given, file in (
        (str(desk / "safe" / "plan.db"), desk / "safe" / "plan.db"),
        ("own.db", desk / "outputs" / "own.db"),
    ):
        monkeypatch.setenv("CAP_DATABASE", given)
        ended = cap("run")
        assert ended.code == 0, ended.err
        assert f"The plan: {file}" in ended.out
        assert len(making.said(file)) > 0
        assert cap("search", "fathers").code == 0
    assert not (desk / "outputs" / "cap.db").exists()


def test_a_bad_setting_ends_with_2_and_its_name(cap: Cap, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["run"], ["counts"], ["doctor"], ["train"], ["extract", "x.pdf"], ["classify"], ["evaluate"]):
        monkeypatch.setenv("CAP_WORKERS", "several")
        ended = cap(*command)
        assert (ended.code, ended.out) == (2, "")
        assert "CAP_WORKERS" in ended.err
        assert len(ended.err.splitlines()) == 1


def test_the_partnership_is_named_on_what_is_published(cap: Cap, plan: Path, desk: Path) -> None:
    (desk / "cap.toml").write_text('partnership = "Nether Wallop & Ümlaut Partnership"\n', encoding="utf-8")
    assert cap("export", "--out", "plan.xlsx").code == 0
    assert "Nether Wallop & Ümlaut Partnership" in words_in(desk / "plan.xlsx")
