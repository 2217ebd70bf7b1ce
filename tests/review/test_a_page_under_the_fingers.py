"""What a page does under the fingers, in a real browser: keys, fields that depend on each other, what is opened and shown."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from domain.records import RecommendationRow
from domain.states import Outcome, Role
from plan import reading
from plan.checking import said_of
from tests.review.browsing import Site, context

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A lead at a screen of a usual size."""
    with context(browser, site, Role.LEAD) as people:
        yield people.new_page()


def undecided(site: Site, *, unsure: bool) -> RecommendationRow:
    rows = reading.recommendations(site.house.plan)
    return next(r for r in rows if not r.decided and r.unsure is unsure and r.outcome is Outcome.PROPOSED)


def pressed(control: Locator, key: str) -> None:
    control.focus()
    control.press(key)


def test_enter_on_a_link_or_a_button_is_theirs_and_decides_nothing(page: Page, site: Site) -> None:
    row = undecided(site, unsure=False)
    here = f"/labels/{row.id}"
    main = page.get_by_role("main")
    leads_on = {
        "Themes": page.get_by_role("navigation", name="Main").get_by_role("link", name="Themes"),
        "of review": main.get_by_role("link", name=f"review {row.review_letter}", exact=True),
        "Skip": main.get_by_role("button", name="Skip"),
        "Unsure": main.get_by_role("button", name="Unsure: ask somebody else"),
    }
    for name, control in leads_on.items():
        page.goto(here)
        pressed(control, "Enter")
        page.wait_for_url(lambda url: here not in url)
        assert said_of(site.house.plan, row.id) == (), name
    page.goto(here)
    pressed(page.get_by_role("link", name="Skip to the content"), "Enter")
    expect(page.locator("#main")).to_be_focused()
    pressed(page.get_by_text("All other standards"), "Enter")
    expect(page.locator("details:has-text('All other standards')")).to_have_attribute("open", "")
    pressed(page.get_by_role("button", name="Larger"), "Enter")
    expect(page.get_by_role("button", name="Larger")).to_have_attribute("aria-pressed", "true")
    pressed(page.get_by_role("button", name="Larger"), "Space")
    expect(page.get_by_role("button", name="Larger")).to_have_attribute("aria-pressed", "false")
    pressed(page.get_by_role("button", name="Switch the keys off"), "Enter")
    pressed(page.get_by_role("button", name="Switch the keys on"), "Enter")
    expect(page.get_by_role("button", name="Switch the keys off")).to_be_visible()
    page.get_by_role("button", name="Larger").press("2")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert page.url.endswith(f"{here}#main") and said_of(site.house.plan, row.id) == ()


def test_a_key_that_is_held_down_decides_one_label(page: Page, site: Site) -> None:
    row = undecided(site, unsure=False)
    page.goto(f"/labels/{row.id}")
    left_alone = page.evaluate(
        """document.body.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', repeat: true, bubbles: true, cancelable: true}))"""
    )
    assert left_alone and said_of(site.house.plan, row.id) == ()


def test_z_takes_back_the_decision_just_made(page: Page, site: Site) -> None:
    row = undecided(site, unsure=False)
    page.goto(f"/labels/{row.id}")
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is now under")
    assert row.id not in page.url
    page.keyboard.press("s")
    page.wait_for_url("**skipped=**")
    expect(page.get_by_role("button", name=f"Undo my decision on {row.review_letter}, ")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_contain_text("is undone")
    assert row.id in page.url.partition("?")[0]
    assert [said.withdrawn for said in said_of(site.house.plan, row.id)] == [True]


def test_the_second_quadrant_gives_way_to_the_first(page: Page, site: Site) -> None:
    row = undecided(site, unsure=True)
    page.goto(f"/labels/{row.id}")
    second = page.get_by_label("Second quadrant")
    expect(second).to_have_value("")
    second.select_option("Q3")
    page.get_by_role("radio").nth(1).check()
    expect(second).to_have_value("Q3")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("3")
    expect(second).to_have_value("")


def test_arrow_keys_in_a_list_of_choices_leave_the_page_alone(page: Page) -> None:
    page.goto("/actions")
    choice = page.get_by_label("Quadrant")
    pressed(choice, "ArrowDown")
    page.wait_for_timeout(300)
    expect(choice).to_be_focused()
    assert page.url.endswith("/actions")
    choice.press("ArrowDown")
    page.get_by_role("button", name="Narrow").click()
    page.wait_for_url("**quadrant=Q2**")
    page.goto("/themes")
    pressed(page.get_by_label("What is counted"), "ArrowDown")
    page.wait_for_timeout(300)
    assert page.url.endswith("/themes")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**unit=recommendations**")


def test_what_needs_scripts_is_not_shown_without(browser: Browser, site: Site) -> None:
    row = undecided(site, unsure=False)
    for scripts in (True, False):
        with context(browser, site, Role.REVIEWER, scripts=scripts) as people:
            page = people.new_page()
            page.goto(f"/labels/{row.id}")
            for needs in (
                page.get_by_text("Larger"),
                page.get_by_text("Switch the keys off"),
                page.locator("kbd").first,
            ):
                expect(needs).to_be_visible() if scripts else expect(needs).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_back_from_an_error_what_was_typed_is_in_sight(browser: Browser, site: Site, scripts: bool) -> None:
    with context(browser, site, Role.LEAD, scripts=scripts) as people:
        page = people.new_page()
        page.goto("/decide")
        typed = page.get_by_label("The part that is accepted").first
        page.get_by_text("Accept it in part, decline").first.click()
        typed.fill("What we can do ourselves")
        page.get_by_role("button", name="Accept in part").first.click()
        said = page.get_by_role("main")
        expect(said).to_contain_text("what you typed is still there")
        told = page.get_by_text("open it again")
        expect(told).to_be_hidden() if scripts else expect(told).to_be_visible()
        page.go_back()
        if not scripts:
            page.get_by_text("Accept it in part, decline").first.click()
        expect(typed).to_be_visible()
        expect(typed).to_have_value("What we can do ourselves")


@pytest.mark.parametrize("kind", ["labels", "recommendations"])
def test_the_marked_lines_are_in_sight_at_once(page: Page, site: Site, kind: str) -> None:
    plan = site.house.plan
    places = {r.id: reading.place(plan, r.id) for r in reading.recommendations(plan) if r.review_letter != "F"}
    far_down = max(places, key=lambda one: places[one].boxes[0].top if places[one].boxes else 0)
    share = page.request.get(f"/recommendations/{far_down}/mark").json()["marked_at"]
    assert 0.6 < share < 1
    page.goto(f"/{kind}/{far_down}")
    sheet = page.locator(".sheet")
    expect(sheet).not_to_have_js_property("scrollTop", 0)
    seen = page.evaluate(
        """share => { const sheet = document.querySelector('.sheet'), box = sheet.getBoundingClientRect();
        return [box.top, box.top + share * sheet.firstChild.clientHeight - sheet.scrollTop, Math.min(box.bottom, innerHeight)] }""",
        share,
    )
    assert seen == sorted(seen), "the marked lines are within the part of the page that is shown"
    height = sheet.evaluate("sheet => sheet.clientHeight")
    page.evaluate("scrollTo(0, 300)")
    page.set_viewport_size({"width": 1280, "height": 880})
    expect(sheet).to_have_js_property("clientHeight", height - 20)
    assert page.request.get(f"/recommendations/{far_down}/mark?page=1").json() == {"marked_at": None}


def test_headings_of_cells_are_whole_on_a_phone(browser: Browser, site: Site) -> None:
    with context(browser, site, Role.REVIEWER, width=360) as people:
        page = people.new_page()
        page.goto("/reviews")
        wide, needed = page.locator("td[data-label=Recommendations]").first.evaluate(
            """cell => { const probe = document.createElement('span'); probe.textContent = cell.dataset.label;
            probe.className = 'unseen'; probe.style.width = 'auto';
            document.body.append(probe); const needed = probe.getBoundingClientRect().width; probe.remove();
            return [parseFloat(getComputedStyle(cell, '::before').width), needed] }"""
        )
        assert wide >= needed
