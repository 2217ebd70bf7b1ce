"""What becomes of a recommendation, and the life of an action; the plan narrowed, sorted and kept under names."""

import json
import re
from collections.abc import Callable
from html import unescape

import httpx
import pytest

from domain.records import RecommendationRow
from domain.states import Outcome, Role, Status
from plan import reading
from plan.action_history import progress_notes
from plan.action_rows import snapshot
from plan.checking import said_of
from services import acting, deciding, repeats
from services.house import House
from tests.review.conftest import Person, row_of, unsure_with_a_second, waiting, words
from tests.services import making

People = Callable[[Role | None], Person]


def test_a_name_in_the_search_brings_what_it_names_and_the_way_to_the_action(somebody: Person, house: House) -> None:
    row = waiting(house)
    ref = deciding.adopt(house, row.id, quadrant="Q2", why="").ref
    page = somebody.get(f"/search?q={ref}")
    assert f"“{ref}” is an action (open)" in words(page) and f'<a href="/actions/{ref}">All about' in page.text
    assert re.search(r"/search\?like=(r-[0-9a-f]+)", page.text).group(1) == row.id  # type: ignore[union-attr]
    assert "is the reference of review" in words(somebody.get("/search?q=Hazel"))
    assert "None of these words stands" in words(somebody.get("/search?q=zxqvw"))


def test_what_a_new_reading_no_longer_found_is_marked_on_its_action_until_somebody_has_looked(
    somebody: Person, house: House
) -> None:
    row = waiting(house)
    ref = deciding.adopt(house, row.id, quadrant="Q2", why="").ref
    assert "Read differently" not in words(somebody.get(f"/actions/{ref}"))
    house.plan.execute("UPDATE recommendations SET difference = 'missing' WHERE id = ?", [row.id])
    assert "not found any more Read differently from before" in words(somebody.get(f"/actions/{ref}"))
    assert f'href="/actions/{ref}"' in somebody.get("/decide?show=differences").text
    somebody.send(f"/differences/{row.id}")
    assert "Read differently" not in words(somebody.get(f"/actions/{ref}"))


def test_adopt_join_decline_and_send_on(people: People, house: House) -> None:
    lead = people(Role.LEAD)
    first, second, third, fourth = [r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED][:4]
    page = lead.send(
        f"/recommendations/{first.id}/outcome", do="adopt", quadrant="Q2", text="Share within two days",
        lead_agency="Police", target_date="2027-03-31",
    )  # fmt: skip
    assert "It is action 2.1 now" in words(page)
    row = reading.action(house.plan, "2.1")
    assert (row.text, row.lead_agency, row.target_date, row.recommendations) == (
        "Share within two days", "Police", "2027-03-31", (first.id,),
    )  # fmt: skip
    page = lead.send(f"/recommendations/{second.id}/outcome", do="join", ref="2.1", **{"from": "decide"})
    assert str(page.url).endswith("/decide")
    assert reading.action(house.plan, "2.1").recommendations == (first.id, second.id)
    lead.send(f"/recommendations/{third.id}/outcome", do="decline", why="National guidance covers it")
    lead.send(f"/recommendations/{fourth.id}/outcome", do="section11", why="One agency's own")
    assert [row_of(house, r.id).outcome for r in (third, fourth)] == [Outcome.DECLINED, Outcome.SECTION11]
    assert reading.outcomes(house.plan, third.id)[-1].who == lead.name
    lead.send(f"/recommendations/{third.id}/outcome", do="reconsider", why="The guidance was withdrawn")
    assert row_of(house, third.id).outcome is Outcome.PROPOSED
    part = lead.send(
        f"/recommendations/{third.id}/outcome",
        do="part",
        why="The rest is national",
        text="The local part",
        quadrant="Q3",
    )
    assert "Part of it is taken up in action 3.1" in words(part)


@pytest.mark.parametrize("what", ["decline", "section11", "not-covered"])
def test_deciding_goes_back_to_the_list_narrowed_as_it_was(somebody: Person, house: House, what: str) -> None:
    first, second = repeats.seen_groups(house)[0].members[:2]
    ref = deciding.adopt(house, first.id, quadrant="Q1", why="").ref
    place = f"/decide?review={second.review_letter}&show=covered"
    back = re.search(r'name="back" value="([^"]+)"', somebody.get(place).text)
    assert back is not None
    form = {"do": what, "why": "For a reason", "ref": ref, "back": unescape(back[1])}
    where = "not-covered" if what == "not-covered" else "outcome"
    assert str(somebody.send(f"/recommendations/{second.id}/{where}", **form).url).endswith(place)


def test_activity_tells_of_a_joined_recommendation_only_what_changed(somebody: Person, house: House, ref: str) -> None:
    second = waiting(house)
    somebody.send(f"/recommendations/{second.id}/outcome", do="join", ref=ref)

    def told(page: str) -> str:
        return " ".join(re.findall(r'data-label="Changed"[^>]*><span>(.*?)</span>', page, re.DOTALL))

    place = f"/activity?what=recommendation+joined&subject=action+{ref}"
    for _ in range(2):
        page = told(somebody.get(place).text)
        assert "Recommendation" in page and second.id in page
        assert "Lead agency" not in page and "Target date" not in page and "Police" not in page
        # Earlier versions told the whole action.
        whole = json.dumps({**snapshot(reading.action(house.plan, ref)), "recommendation": second.id})
        insert = "INSERT INTO events (at, who, what, subject, before, after, why) SELECT at, who, what, subject, NULL, ?, why"
        house.plan.execute(
            f"{insert} FROM events WHERE subject = ? AND what = 'recommendation joined'", (whole, f"action {ref}")
        )
        house.plan.conn.commit()


def test_where_the_model_is_unsure_the_quadrant_is_chosen_by_a_person(somebody: Person, house: House) -> None:
    row = unsure_with_a_second(house)
    for address in (f"/recommendations/{row.id}", "/decide"):
        page = somebody.get(address).text
        for name in ("quadrant", "part-quadrant"):
            form = re.search(rf'<select id="{name}-{row.id}".*?</select>', page)
            assert form is not None or address == "/decide"
            assert form is None or ('<option value="">Choose' in form[0] and "selected" not in form[0])
    for what in ("adopt", "part"):
        given = {"why": "The rest is national", "text": "Ours", "quadrant": ""}
        page_ = somebody.send(f"/recommendations/{row.id}/outcome", do=what, **given)
        assert page_.status_code == 400
        assert "Choose the quadrant: the model is unsure, and nobody has decided yet." in words(page_)
    assert row_of(house, row.id) == row and said_of(house.plan, row.id) == ()
    chosen = row.quadrant or ""
    page_ = somebody.send(f"/recommendations/{row.id}/outcome", do="adopt", quadrant=chosen)
    assert "It is action" in words(page_)
    (said,) = said_of(house.plan, row.id)
    assert (said.quadrant, said.secondary) == (chosen, None), "a second quadrant was nobody's choice"


def test_a_quadrant_that_is_sure_or_decided_is_offered_and_taken(somebody: Person, house: House) -> None:
    row = next(r for r in reading.recommendations(house.plan) if not r.unsure and r.outcome is Outcome.PROPOSED)
    unsure = unsure_with_a_second(house)
    deciding.label(house, unsure.id, quadrant="Q4", secondary=None, issues=(), areas=(), note="")
    for one, quadrant in ((row, row.quadrant), (unsure, "Q4")):
        page = somebody.get(f"/recommendations/{one.id}").text
        for name in ("quadrant", "part-quadrant"):
            form = re.search(rf'<select id="{name}-{one.id}".*?</select>', page)
            assert form is not None and re.findall(r'value="(\w*)" selected', form[0]) == [quadrant]
        assert "It is action" in words(somebody.send(f"/recommendations/{one.id}/outcome", do="adopt"))


@pytest.mark.parametrize("what", ["decline", "section11", "part", "reconsider"])
def test_a_decision_that_needs_a_reason_is_not_taken_without(somebody: Person, house: House, what: str) -> None:
    row = waiting(house)
    page = somebody.send(f"/recommendations/{row.id}/outcome", do=what)
    assert page.status_code == 400
    assert row_of(house, row.id) == row


def test_what_an_action_seems_to_answer_is_said_and_can_be_ruled_out(somebody: Person, house: House) -> None:
    group = repeats.seen_groups(house)[0]
    first, second = group.members[:2]
    action = deciding.adopt(house, first.id, quadrant="Q1", why="")
    page = somebody.get(f"/recommendations/{second.id}")
    assert f"Covered by action {action.ref}" in words(page)
    assert second.id in somebody.get("/decide?show=covered").text
    somebody.send(f"/recommendations/{second.id}/not-covered", ref=action.ref, **{"from": "decide"})
    assert second.id not in somebody.get("/decide?show=covered").text
    assert "Covered by action" not in words(somebody.get(f"/recommendations/{second.id}"))


def edited(person: Person, ref: str, seen: dict[str, str], **changes: str) -> httpx.Response:
    fields = {**{f"seen_{name}": value for name, value in seen.items()}, **seen, **changes}
    fields["standards"] = fields["standards"].split()  # type: ignore[assignment]
    return person.send(f"/actions/{ref}", **fields)


def test_two_people_who_edit_different_fields_both_get_their_way(people: People, house: House, ref: str) -> None:
    ana, bo = people(Role.LEAD), people(Role.ADMINISTRATOR)
    seen = acting.as_words(reading.action(house.plan, ref))
    assert edited(ana, ref, seen, home="Neglect strategy").status_code == 200
    assert edited(bo, ref, seen, success_goal="Every referrer is written to").status_code == 200
    row = reading.action(house.plan, ref)
    assert (row.home, row.success_goal) == ("Neglect strategy", "Every referrer is written to")


def test_two_people_who_edit_the_same_field_lose_nothing(people: People, house: House, ref: str) -> None:
    ana, bo = people(Role.LEAD), people(Role.ADMINISTRATOR)
    seen = acting.as_words(reading.action(house.plan, ref))
    edited(ana, ref, seen, next_steps="Ana's next steps")
    page = edited(bo, ref, seen, next_steps="Bo's next steps", home="A home")
    assert page.status_code == 409
    assert "Now in the plan: “Ana's next steps” Your version: “Bo's next steps”" in words(page)
    assert ">Bo&#39;s next steps</textarea>" in page.text, "what was typed is still there"
    row = reading.action(house.plan, ref)
    assert (row.next_steps, row.home) == ("Ana's next steps", ""), "all of it or nothing"
    again = dict(re.findall(r'name="seen_(\w+)" value="([^"]*)"', page.text))
    assert again["next_steps"] == "Ana&#39;s next steps"
    edited(bo, ref, acting.as_words(row), next_steps="Both next steps")
    assert reading.action(house.plan, ref).next_steps == "Both next steps"


def test_a_moved_date_needs_a_reason_and_keeps_what_was_typed(somebody: Person, house: House, ref: str) -> None:
    seen = acting.as_words(reading.action(house.plan, ref))
    page = edited(somebody, ref, seen, target_date="2028-01-31", worry_statement="Nobody writes back")
    assert page.status_code == 400 and "Say why the target date" in words(page)
    assert "Nobody writes back</textarea>" in page.text
    assert edited(somebody, ref, seen, target_date="2028-01-31", why="The group met late").status_code == 200
    assert "From 31 March 2027 to 31 January 2028" in words(somebody.get(f"/actions/{ref}"))


@pytest.mark.parametrize("typed", ["31/03/2025", "1 April 2025", "March 2025", "31-03-2025"])
def test_a_target_date_typed_the_british_way_is_a_date(somebody: Person, house: House, ref: str, typed: str) -> None:
    seen = acting.as_words(reading.action(house.plan, ref))
    page = words(edited(somebody, ref, seen, target_date=typed, why="Typed as people type"))
    assert "days overdue" in page and "so it never becomes overdue" not in page


@pytest.mark.parametrize("typed", ["31/02/2027", "32 January 2026"])
def test_what_looks_like_a_date_and_is_none_is_refused(somebody: Person, house: House, ref: str, typed: str) -> None:
    seen = acting.as_words(reading.action(house.plan, ref))
    page = edited(somebody, ref, seen, target_date=typed, why="A slip of the pen")
    assert page.status_code == 400 and f"“{typed}” is not a date" in words(page)
    assert reading.action(house.plan, ref).target_date == "2027-03-31"


def test_an_action_with_words_for_a_date_is_said_never_to_become_overdue(
    somebody: Person, house: House, ref: str
) -> None:
    seen = acting.as_words(reading.action(house.plan, ref))
    said = "“Immediate”, is not a day, so it never becomes overdue"
    page = words(edited(somebody, ref, seen, target_date="Immediate", why="The board said so"))
    assert page.count(said) == 2, "when it is saved, and beside the date from then on"
    row = waiting(house)
    adopted = somebody.send(f"/recommendations/{row.id}/outcome", do="adopt", quadrant="Q3", target_date="Immediate")
    assert said in words(adopted)


def test_of_a_reason_that_is_not_shown_nothing_is_said(people: People, house: House) -> None:
    lead, viewer = people(Role.LEAD), people(Role.VIEWER)
    row = waiting(house, "F")
    ref = deciding.adopt(house, row.id, quadrant="Q2", why="", target_date="2027-03-31").ref
    acting.edit(house, ref, why="The group met late", target_date="2028-01-31", released=True)
    told, shown = (words(one.get(f"/actions/{ref}")) for one in (lead, viewer))
    assert "A. Tester. The group met late" in told
    assert "From 31 March 2027 to 31 January 2028" in shown
    assert "The group met late" not in shown and "No reason" not in shown


def test_progress_assurance_and_the_end_of_an_action(somebody: Person, house: House, ref: str) -> None:
    somebody.send(f"/actions/{ref}/progress", note="Guidance is drafted", status="in progress", on="2026-11-01")
    (note,) = progress_notes(house.plan, ref)
    assert (note.note, note.dated) == ("Guidance is drafted", "2026-11-01")
    told = somebody.send(f"/actions/{ref}/progress", note="Guidance is planned", on="2026-10-01")
    assert "The note stands among the earlier ones" in words(told)
    assert reading.action(house.plan, ref).progress == "Guidance is drafted"
    somebody.send(f"/actions/{ref}/progress", status="complete")
    somebody.send(f"/actions/{ref}/progress", status="assured", recheck="2027-06-30")
    row = reading.action(house.plan, ref)
    assert (row.status, row.recheck) == (Status.ASSURED, "2027-06-30")
    refused = somebody.send(f"/actions/{ref}/progress", status="open")
    assert refused.status_code == 409 and "cannot become open" in words(refused)
    assert somebody.send(f"/actions/{ref}/end", do="close", why="Done").status_code == 400
    somebody.send(f"/actions/{ref}/end", do="close", achieved="yes", why="Checked twice")
    row = reading.action(house.plan, ref)
    assert (row.status, row.achieved) == (Status.CLOSED, True)
    assert ref in somebody.get("/actions?show=ended").text


def test_an_action_that_belongs_elsewhere_is_superseded(somebody: Person, house: House, ref: str) -> None:
    offered = re.search(r'<select[^>]*id="new-q".*?</select>', somebody.get(f"/actions/{ref}").text)
    assert offered is not None and re.findall(r'value="(\w+)" selected', offered[0]) == ["Q2"]
    page = somebody.send(f"/actions/{ref}/end", do="supersede", quadrant="Q4", why="It is for leaders")
    assert f"Action 4.1 replaces {ref}" in words(page)
    assert "by 4.1" in words(somebody.get(f"/actions/{ref}"))


def test_evidence_is_laid_beside_an_action_and_struck_out(somebody: Person, house: House, ref: str) -> None:
    page = somebody.send(f"/actions/{ref}/evidence", link="https://example.org/audit.pdf", shows="The audit of June")
    assert 'href="https://example.org/audit.pdf" rel="noreferrer"' in page.text
    page = somebody.send(f"/actions/{ref}/evidence", link="javascript:alert(1)", shows="Nothing good")
    assert 'href="javascript' not in page.text and "javascript:alert(1)" in words(page)
    page = somebody.send(f"/actions/{ref}/evidence", number="1", why="It is of another year")
    assert "struck out It is of another year" in words(page)


def test_an_action_of_an_audit_and_one_of_the_board(somebody: Person, house: House) -> None:
    page = somebody.send(
        "/actions/new",
        text="Publish the neglect tool",
        quadrant="Q1",
        source="audit",
        reviews="F and All",
        lead_agency="Police",
    )
    assert "is in the plan" in words(page)
    row = reading.action(house.plan, "1.1")
    assert (row.source, row.review_refs, row.applies_to_all) == ("audit", ("F",), True)
    assert somebody.send("/actions/new", text="  ", quadrant="Q1").status_code == 400


def test_the_plan_is_narrowed_and_sorted_and_its_address_keeps_that(somebody: Person, house: House) -> None:
    rows = [r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED][:6]
    dates = ("2020-01-31", "2027-01-31", "Ongoing", "2021-05-01", "2026-01-01", "2030-01-01")
    for n, (row, target) in enumerate(zip(rows, dates, strict=True)):
        deciding.adopt(
            house, row.id, quadrant=f"Q{n % 4 + 1}", why="", target_date=target, lead_agency=["Police", "Health"][n % 2]
        )

    def refs(address: str) -> list[str]:
        return re.findall(r'<th scope="row" data-label="Ref"><a href="/actions/([\d.]+)"', somebody.get(address).text)

    assert refs("/actions") == ["1.1", "1.2", "2.1", "2.2", "3.1", "4.1"]
    assert refs("/actions?sort=target") == ["1.1", "4.1", "1.2", "2.1", "2.2", "3.1"], "words come last"
    assert refs("/actions?sort=ref&down=yes") == ["4.1", "3.1", "2.2", "2.1", "1.2", "1.1"]
    assert refs("/actions?show=overdue") == ["1.1", "1.2", "4.1"]
    assert refs("/actions?agency=police") == ["1.1", "1.2", "3.1"]
    assert refs("/actions?quadrant=Q2") == ["2.1", "2.2"]
    assert refs("/actions?q=nothing+says+this") == []
    assert "quadrant=Q2" in somebody.get("/actions?quadrant=Q2").text.split('aria-sort="none"')[1]


def test_every_figure_of_the_themes_leads_to_just_what_it_counts(somebody: Person, house: House) -> None:
    rows = [r for r in reading.recommendations(house.plan) if r.outcome is Outcome.PROPOSED][:8]
    for n, row in enumerate(rows):
        action = deciding.adopt(
            house, row.id, quadrant=f"Q{n % 4 + 1}", why="", lead_agency=["Police", "Health / Education"][n % 2]
        )
        if n == 5:
            deciding.close(house, action.ref, achieved=True, why="Done", on=None)
    checked = 0
    for by in ("quadrant", "issue", "area", "agency", "type", "review", "status"):
        page = somebody.get(f"/themes?by={by}").text
        for address, figures in re.findall(r'<th scope="row"><a href="(/actions[^"]+)">[^<]+</a></th>(.*?)</tr>', page):
            opened, *_, in_all = re.findall(r'<td class="num">(\d+)</td>', figures)
            listed = somebody.get(address.replace("&amp;", "&")).text
            found = re.search(r"<caption>(\d+) action", listed)
            # Narrowed by a status the list has all of it; else what is outstanding.
            counted = in_all if by == "status" else opened
            assert (int(found[1]) if found else 0) == int(counted), address
            checked += int(opened) > 0
    assert checked > 12


def test_views_are_kept_under_names_of_ones_own(people: People) -> None:
    ana, bo = people(Role.LEAD), people(Role.VIEWER)
    page = ana.send("/views", name=" Police,  overdue ", address="/actions?show=overdue&agency=police")
    assert str(page.url).endswith("/actions?show=overdue&agency=police")
    assert 'href="/actions?show=overdue&amp;agency=police"' in ana.get("/actions").text
    assert "Police, overdue" in words(ana.get("/actions"))
    assert "Police, overdue" not in words(bo.get("/actions"))
    number = re.search(r'<option value="(\d+)">Police, overdue', ana.get("/actions").text)
    assert number is not None
    bo.send("/views", do="forget", number=number[1], address="/actions")
    assert "Police, overdue" in words(ana.get("/actions"))
    ana.send("/views", do="forget", number=number[1], address="/actions")
    assert "Police, overdue" not in words(ana.get("/actions"))


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/people", "/actions\nx", "/actions/../people", ""]
)
def test_only_lists_of_ours_are_kept_and_nobody_is_led_away(somebody: Person, address: str) -> None:
    answer = somebody.send("/views", name="x", address=address, follow=False)
    assert answer.status_code == 400
    gone = somebody.send("/views", do="forget", number="1", address=address, follow=False)
    assert gone.headers["location"] == "/"


def test_a_search_tells_an_action_of_its_own_from_that_of_a_near_repeat(
    somebody: Person, house: House, ref: str
) -> None:
    """Nobody has decided on what a near-repeat's action may answer; and each action comes with its date and its latest note."""
    deciding.progress_of(house, ref, status=None, note="Drafted by the group.", target_date=None, why="", on=None)
    (identifier,) = reading.action(house.plan, ref).recommendations
    own = row_of(house, identifier)
    other = next(
        r for r in reading.recommendations(house.plan) if r.review_letter != own.review_letter and not r.decided
    )
    making.change(
        house.settings.plan_file, "UPDATE recommendations SET group_id = 'g-1' WHERE id IN (?, ?)", own.id, other.id
    )

    def hit(row: RecommendationRow) -> str:
        page = words(somebody.get("/search", params={"q": f'"{" ".join(row.text.split()[:9])}"'}))
        return page.split("What became of it: ", 1)[1].split("near-repeat ", 1)[0].replace(" ,", ",")

    assert hit(own).startswith("adopted. More like this")
    assert f"action {ref} Open, target date 31 March 2027. Drafted by the group." in hit(own)
    page = words(somebody.get("/search", params={"q": f'"{" ".join(other.text.split()[:9])}"'}))
    assert "What became of it: proposed." in page
    assert f"Of a near-repeat: action {ref} Open" in page
