"""Front pages of very different design, all fictional: what they state, the page it stands on, and nothing beside it."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from domain.framework import load_framework
from extract.furniture import CleanPage
from extract.layout import Page, Word
from extract.particulars import read_particulars
from extract.reading_order import make_line

Read = Callable[..., dict[str, Any]]
FIELDS = ("title", "case_ref", "review_type", "publisher", "lead_reviewer", "published")

# Each: a name, the first page as Typst source, the last page (or nothing), and what the review says of itself.
FRONTS: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "a title over several lines and sizes",
        "#text(size: 12pt)[Eastmoor Safeguarding Children Board]\n\n#v(3cm)\n#text(size: 30pt)[*Serious Case \\ Review*]\n\n"
        "#text(size: 20pt)[Child AB and Child CD]\n\n#text(size: 14pt)[Overview report]\n\n"
        "Author: Perpetua Inkwell \\ June 2014",
        "",
        {
            "title": "Serious Case Review: Child AB and Child CD",
            "case_ref": "Child AB and Child CD",
            "review_type": "SCR",
            "publisher": "Eastmoor Safeguarding Children Board",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2014-06",
        },
    ),
    (
        "the publisher's logo in the largest letters of the page",
        "#text(size: 34pt)[*EASTMOOR* \\ *Safeguarding Children* \\ *Partnership*]\n\n#v(3cm)\n"
        "#text(size: 22pt)[Local Child Safeguarding Practice Review]\n\n#text(size: 18pt)[Juniper]\n\n#v(2cm)\n"
        "Perpetua Inkwell \\ Independent Lead Reviewer\n\n14th of May, 2022",
        "",
        {
            "title": "Local Child Safeguarding Practice Review: Juniper",
            "case_ref": "Juniper",
            "review_type": "SPR",
            "publisher": "EASTMOOR Safeguarding Children Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2022-05-14",
        },
    ),
    (
        "a publisher in capitals, and the lead of an audit",
        "EASTMOOR AND ST OSYTH-ON-SEA SAFEGUARDING CHILDREN’S PARTNERSHIP\n\n#text(size: 22pt)[Neglect]\n\n"
        "#text(size: 14pt)[Report of a multi-agency case file audit]\n\n#grid(columns: (4.6cm, 1fr), row-gutter: 12pt, [Date], "
        "[5 November 2024], [Audit lead and author], [Perpetua Inkwell], [For], [The executive of the partnership])",
        "",
        {
            "review_type": "audit",
            "publisher": "Eastmoor and St Osyth-on-Sea Safeguarding Children’s Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2024-11-05",
        },
    ),
    (
        "a publisher in capitals with an abbreviation, and an audit lead",
        "#text(size: 22pt)[Multi-agency audit: Missing children]\n\nBCP SAFEGUARDING CHILDREN PARTNERSHIP\n\n"
        "Audit lead: Perpetua Inkwell\n\nMarch 2025",
        "",
        {
            "review_type": "audit",
            "publisher": "BCP Safeguarding Children Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2025-03",
        },
    ),
    (
        "a reference in quotation marks",
        "#align(center)[#text(size: 24pt)[*A Serious Case Review: ‘Child R’*]\n\n#text(size: 16pt)[The Overview Report]\n\n"
        "#text(size: 14pt)[by Perpetua Inkwell MA, CQSW]\n\n#text(size: 12pt)[9.7.13]]\n\n#v(9cm)\n"
        "Commissioned by the Eastmoor Local Safeguarding Children Board (ELSCB)",
        "",
        {
            "title": "A Serious Case Review: ‘Child R’",
            "case_ref": "Child R",
            "review_type": "SCR",
            "publisher": "Eastmoor Local Safeguarding Children Board (ELSCB)",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2013-07-09",
        },
    ),
    (
        "a death in the title",
        "#text(size: 13pt)[Brackwater Safeguarding Adults Board]\n\n#v(4cm)\n#text(size: 26pt)[Safeguarding Adults Review]\n\n"
        "#text(size: 20pt)[Overview Report into the death of Adult D]\n\n#v(2cm)\nDate of death: 3 January 2018\n\n"
        "Panel meeting: 5 June 2018\n\nReview period: January 2016 to December 2017\n\n"
        "Lead Reviewers: Perpetua Inkwell and Barnaby Quill\n\nReport completed: 21/02/2019",
        "",
        {
            "title": "Safeguarding Adults Review: Overview Report into the death of Adult D",
            "case_ref": "Adult D",
            "review_type": "SAR",
            "publisher": "Brackwater Safeguarding Adults Board",
            "lead_reviewer": "Perpetua Inkwell and Barnaby Quill",
            "published": "2019-02-21",
        },
    ),
    (
        "the month of a death at the end of a line",
        "#text(size: 14pt)[Safer Brackwater Partnership]\n\n#v(3cm)\n#text(size: 24pt)[*Domestic Homicide Review*]\n\n"
        "#text(size: 13pt)[under section 9 of the Domestic Violence, Crime and Victims Act 2004 \\ "
        "in respect of the death of Maya (pseudonym) in \\ March 2019]\n\n#v(2cm)\n"
        "Independent Chair: Tobias Thimble \\ Independent Author: Perpetua Inkwell MSc, CQSW",
        "",
        {
            "title": "Domestic Homicide Review: under section 9 of the Domestic Violence, Crime and Victims Act 2004 in "
            "respect of the death of Maya (pseudonym) in March 2019",
            "case_ref": "Maya",
            "review_type": "DHR",
            "publisher": "Safer Brackwater Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": None,
        },
    ),
    (
        "no author, and a date in the foot alone",
        "#set page(footer: [Final v3 June 2021])\n#text(size: 11pt)[Eastmoor and Brackwater Safeguarding Partnership]\n\n"
        "#v(3cm)\n#text(size: 28pt)[Learning Review]\n\n#text(size: 28pt)[Family R]",
        "",
        {
            "title": "Learning Review Family R",
            "case_ref": "Family R",
            "review_type": "SPR",
            "publisher": "Eastmoor and Brackwater Safeguarding Partnership",
            "lead_reviewer": None,
            "published": "2021-06",
        },
    ),
    (
        "a page of publication at the end",
        "#v(5cm)\n#text(size: 24pt)[*Child Safeguarding Practice Review*]\n\n#text(size: 24pt)[*AF1 & AF2*]",
        "*Publication*\n\nThis report was published on 14 March 2022 by the Eastmoor Safeguarding Children Partnership.\n\n"
        "Lead reviewer: Dr Perpetua Inkwell",
        {
            "title": "Child Safeguarding Practice Review AF1 & AF2",
            "case_ref": "AF1 & AF2",
            "review_type": "SPR",
            "publisher": "Eastmoor Safeguarding Children Partnership",
            "lead_reviewer": "Dr Perpetua Inkwell",
            "published": "2022-03-14",
        },
    ),
    (
        "a letter that reports an inspection",
        "4 October 2023\n\nOctavia Penhallow, Director of Children’s Services, Eastmoor Borough Council \\ "
        "Chair of Eastmoor Safeguarding Children Partnership\n\nDear Ms Penhallow\n\n"
        "*Focused visit to Eastmoor children’s services*\n\nThis letter summarises the findings of the focused visit on "
        "29 and 30 August 2023. His Majesty’s Inspectors for this visit were Perpetua Inkwell and Barnaby Quill.",
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects.",
        {
            "title": "Focused visit to Eastmoor children’s services",
            "case_ref": None,
            "review_type": "inspection",
            "publisher": "Ofsted",
            "lead_reviewer": None,
            "published": "2023-10-04",
        },
    ),
    (
        "an inspection whose team stands at the end",
        "#text(size: 26pt)[Brackwater]\n\n*Inspection of services for children in need of help and protection*\n\n"
        "Inspection dates: 12/09/2016 to 06/10/2016\n\nReport published: 25/11/2016",
        "*The inspection team*\n\nLead inspector: Perpetua Inkwell HMI\n\nDeputy lead inspector: Barnaby Quill\n\n"
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects.",
        {
            "title": "Brackwater: Inspection of services for children in need of help and protection",
            "case_ref": None,
            "review_type": "inspection",
            "publisher": "Ofsted",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2016-11-25",
        },
    ),
    (
        "a title page in capitals with a table of facts",
        "#text(size: 16pt)[*EASTMOOR COMMUNITY SAFETY PARTNERSHIP*]\n\n#text(size: 26pt)[*DOMESTIC ABUSE-RELATED DEATH REVIEW*]\n\n"
        "#text(size: 20pt)[*‘ROWAN’*]\n\n#table(columns: 2, stroke: none, [*Report author*], [Perpetua Inkwell], "
        "[*Date of incident*], [11 May 2020], [*Date of publication*], [March 2023])",
        "This review was commissioned by Eastmoor Community Safety Partnership.",
        {
            "title": "DOMESTIC ABUSE-RELATED DEATH REVIEW: ‘ROWAN’",
            "case_ref": "Rowan",
            "review_type": "DHR",
            "publisher": "Eastmoor Community Safety Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2023-03",
        },
    ),
    (
        "a code alone in large type",
        "#text(size: 40pt)[*AG*]\n\n#text(size: 18pt)[A Serious Case Review]\n\nEastmoor Safeguarding Children Board\n\n"
        "Report by Perpetua Inkwell and Barnaby Quill, Quillwork Consulting Ltd\n\nAutumn 2012",
        "",
        {
            "title": "AG: A Serious Case Review",
            "case_ref": "AG",
            "review_type": "SCR",
            "publisher": "Eastmoor Safeguarding Children Board",
            "lead_reviewer": "Perpetua Inkwell and Barnaby Quill",
            "published": "2012",
        },
    ),
    (
        "one size for everything",
        "SAFEGUARDING ADULTS REVIEW: MR T\n\nReport to: Brackwater Safeguarding Adults Board\n\n"
        "Independent reviewers:\n\nPerpetua Inkwell\n\nBarnaby Quill\n\nVersion 4.1, 30.11.20",
        "",
        {
            "title": "SAFEGUARDING ADULTS REVIEW: MR T",
            "case_ref": "Mr T",
            "review_type": "SAR",
            "publisher": "Brackwater Safeguarding Adults Board",
            "lead_reviewer": "Perpetua Inkwell and Barnaby Quill",
            "published": "2020-11-30",
        },
    ),
    (
        "a thematic audit, which has no case",
        "#text(size: 24pt)[Multi-agency audit: neglect]\n\n#text(size: 14pt)[Brackwater Safeguarding Children Partnership]\n\n"
        "Lead auditor: Perpetua Inkwell\n\nAudit period: January to March 2021\n\nJuly 2021",
        "",
        {
            "title": "Multi-agency audit: neglect",
            "case_ref": None,
            "review_type": "audit",
            "publisher": "Brackwater Safeguarding Children Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2021-07",
        },
    ),
    (
        "a mark of secrecy, and a panel's date beside that of publication",
        "#text(size: 12pt)[OFFICIAL SENSITIVE]\n\n#text(size: 28pt)[*Child BW*]\n\n#text(size: 18pt)[Child "
        "Safeguarding Practice Review]\n\n#text(size: 14pt)[Final Report]\n\nReview undertaken by: Dr "
        "Perpetua Inkwell\n\nDate agreed by panel: 3 May 2021\n\nDate of publication: 7th July "
        "2021\n\n#v(5cm)\nEastmoor Safeguarding Children’s Partnership (ESCP)",
        "",
        {
            "title": "Child BW: Child Safeguarding Practice Review",
            "case_ref": "Child BW",
            "review_type": "SPR",
            "publisher": "Eastmoor Safeguarding Children’s Partnership (ESCP)",
            "lead_reviewer": "Dr Perpetua Inkwell",
            "published": "2021-07-07",
        },
    ),
    (
        "a numbered review whose chair wrote it",
        "#text(size: 30pt)[*DHR 12*]\n\n#text(size: 16pt)[Domestic Homicide Review Overview Report]\n\nReport "
        "into the death of a woman in December 2017\n\nA report commissioned by the Safer Eastmoor "
        "Partnership\n\nReport Author and Independent Chair – Tobias Thimble\n\nCompleted 1st March 2019",
        "",
        {
            "case_ref": "DHR 12",
            "review_type": "DHR",
            "publisher": "Safer Eastmoor Partnership",
            "lead_reviewer": "Tobias Thimble",
            "published": "2019-03-01",
        },
    ),
    (
        "two people, each in quotation marks",
        "#text(size: 26pt)[Safeguarding Adult Review]\n\n#text(size: 26pt)[‘Ms A’ and ‘Mr B’]\n\n#text(size: "
        "12pt)[Eastmoor and Brackwater Safeguarding Adults Boards]\n\nTobias Thimble and Perpetua Inkwell \\ "
        "Independent Reviewers \\ 21 September 2020",
        "",
        {
            "case_ref": "Ms A and Mr B",
            "review_type": "SAR",
            "lead_reviewer": "Tobias Thimble and Perpetua Inkwell",
            "published": "2020-09-21",
        },
    ),
    (
        "a name in the words of the title",
        "#text(size: 30pt)[Learning from the life and death of Rosie]\n\n#text(size: 15pt)[A Local Child "
        "Safeguarding Practice Review]\n\nThe review covers the period from March 2019 to May "
        "2021.\n\n#v(4cm)\nEastmoor Safeguarding Children Partnership, c/o Eastmoor Council, February 2022",
        "",
        {
            "title": "Learning from the life and death of Rosie: A Local Child Safeguarding Practice Review",
            "case_ref": "Rosie",
            "review_type": "SPR",
            "publisher": "Eastmoor Safeguarding Children Partnership",
            "lead_reviewer": None,
            "published": "2022-02",
        },
    ),
    (
        "a code, nobody appointed, and a period",
        "#text(size: 24pt)[Rapid Review and Local Learning Review: AB]\n\nBrackwater Safeguarding "
        "Partnership\n\nLead reviewer: not yet appointed\n\nMarch - May 2022",
        "",
        {
            "case_ref": "AB",
            "review_type": "SPR",
            "publisher": "Brackwater Safeguarding Partnership",
            "lead_reviewer": None,
            "published": None,
        },
    ),
    (
        "name and office on one line; publisher and date in one foot",
        "#text(size: 24pt)[Independent scrutiny of the response to neglect in Eastmoor]\n\nPerpetua Inkwell, "
        "Independent Scrutineer\n\n#v(9cm)\nEastmoor Safeguarding Children Partnership · May 2023",
        "",
        {
            "title": "Independent scrutiny of the response to neglect in Eastmoor",
            "case_ref": None,
            "review_type": "scrutiny",
            "publisher": "Eastmoor Safeguarding Children Partnership",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2023-05",
        },
    ),
    (
        "the author in a sentence, and dates of the story",
        "#text(size: 24pt)[Serious Case Review]\n\n#text(size: 20pt)[Children R, S and T]\n\n*Eastmoor "
        "Safeguarding Children Board*\n\nThis review was written by Perpetua Inkwell, an independent "
        "consultant, for the Board. The children died on 3 May 2012 and the mother was convicted in June "
        "2013.",
        "",
        {
            "title": "Serious Case Review: Children R, S and T",
            "case_ref": "Children R, S and T",
            "review_type": "SCR",
            "publisher": "Eastmoor Safeguarding Children Board",
            "lead_reviewer": "Perpetua Inkwell",
            "published": None,
        },
    ),
    (
        "an inspection by another inspectorate",
        "#text(size: 20pt)[Eastmoor Youth Justice Service]\n\n#text(size: 20pt)[An inspection of youth "
        "offending services in Eastmoor]\n\nHM Inspectorate of Probation, March 2021",
        "",
        {
            "case_ref": None,
            "review_type": "inspection",
            "publisher": "HM Inspectorate of Probation",
            "lead_reviewer": None,
            "published": "2021-03",
        },
    ),
    (
        "publisher and author on one line",
        "#text(size: 24pt)[Safeguarding Adults Review]\n\n#text(size: 18pt)[SAR 2019/03]\n\nReport for "
        "Eastmoor Safeguarding Adults Board by Perpetua Inkwell\n\n12-03-2020",
        "",
        {
            "case_ref": "SAR 2019/03",
            "review_type": "SAR",
            "publisher": "Eastmoor Safeguarding Adults Board",
            "lead_reviewer": "Perpetua Inkwell",
            "published": "2020-03-12",
        },
    ),
]


@pytest.mark.parametrize(("front", "last", "stated"), [f[1:] for f in FRONTS], ids=[f[0] for f in FRONTS])
def test_what_a_front_page_states_and_where(
    read: Read, narrative: str, front: str, last: str, stated: dict[str, Any]
) -> None:
    story = f"#pagebreak()\n\n= The story\n\n{narrative}\n\n" * 4
    closing = f"#pagebreak()\n\n{last}" if last else ""
    review = read(f"#page[{front}]\n\n{story.removeprefix('#pagebreak()')}\n\n{closing}")["review"]
    assert {key: review[key] for key in stated} == stated
    assert set(review["places"]) == {key for key in FIELDS if review[key] is not None}


@pytest.mark.parametrize(
    "piece", ["A B ", "by Perpetua ", "Review: ", "and Child A ", "Final v1 by ", "Safeguarding Children ", "the "]
)
def test_no_line_takes_long(piece: str) -> None:
    line = make_line(1, [Word(word, 0, 0, 1, 1, 11, False) for word in (piece * 150).split()])
    page = CleanPage(Page(1, 595, 842, (line,)), (line,), ())
    started = time.monotonic()
    read_particulars([page], None, load_framework())
    assert time.monotonic() - started < 2


def test_each_particular_has_the_page_it_was_read_on(read: Read, narrative: str) -> None:
    front, last = next(f[1:3] for f in FRONTS if f[0] == "a page of publication at the end")
    review = read(f"#page[{front}]\n\n{narrative}\n\n#pagebreak()\n\n{last}")["review"]
    assert review["places"] == {
        "title": 1, "case_ref": 1, "review_type": 1, "publisher": 3, "lead_reviewer": 3, "published": 3,
    }  # fmt: skip


def test_what_only_the_file_says_has_no_page(read: Read) -> None:
    review = read('#set document(title: "Serious Case Review: Child N")\n#v(5cm)\n12\n\n34')["review"]
    assert (review["title"], review["case_ref"]) == ("Serious Case Review: Child N", "Child N")
    assert review["places"] == {"title": None, "case_ref": None, "review_type": None}
