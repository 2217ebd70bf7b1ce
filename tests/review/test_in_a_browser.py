"""The stories of the four users in a real browser, with and without scripts, and every page held against WCAG by axe."""

import re
import time
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from domain.states import Outcome, Role
from plan import checking, reading
from tests.review.browsing import Site, context
from tests.review.conftest import PASSWORD
from tests.services import making

pytestmark = pytest.mark.slow
TWICE = "[...document.querySelectorAll('[id]')].map(one => one.id).filter((name, n, all) => all.indexOf(name) !== n)"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def addresses(site: Site) -> list[str]:
    """One of each kind of page."""
    rows = reading.recommendations(site.house.plan)
    draft = next(r for r in rows if r.review_letter != "F" and r.outcome is Outcome.PROPOSED)
    return [
        "/", "/add", "/reviews", f"/reviews/{draft.review_letter}", "/reviews/F", "/possible", "/recommendations",
        f"/recommendations/{draft.id}", "/labels", "/labels/together?least=70", f"/labels/{draft.id}", "/decide",
        "/decide?show=differences", "/repeats",
        "/actions", "/actions?show=ended", "/actions/1.1", "/actions/new", "/import", "/search", "/search?q=fathers",
        f"/search?like={draft.id}", "/search?q=zzzz&quadrant=Q1", "/themes", "/themes?by=issue&unit=recommendations&since=2026-01-01",
        "/files", "/model", "/people", "/activity", "/help", "/help/words", "/accessibility", "/nothing-here",
    ]  # fmt: skip


def problems(page: Page) -> list[str]:
    # Without this, axe also describes every part of the page that it found in order, which takes most of its time.
    only = {"runOnly": {"type": "tag", "values": RULES["runOnly"]}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=only)
    return [
        f"{v['id']}: {node['target']} {node['failureSummary'][:300]}"
        for v in found.response["violations"]
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    browser: Browser, site: Site, addresses: list[str], width: int
) -> None:
    """320 pixels are what a screen of 1280 shows at 400 %."""
    with context(browser, site, Role.ADMINISTRATOR, width=width) as people:
        page = people.new_page()
        said, found = list[str](), list[str]()
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        for address in addresses:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            found += [f"{address}: {problem}" for problem in problems(page)]
            found += [f"{address}: two places are called {name}" for name in page.evaluate(TWICE)]
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append(f"{address} is too wide at {width}")
        assert found == []
        assert [words for words in said if "404" not in words] == []


def test_the_sign_in_page_too(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)
    page.goto("/sign-in")
    assert problems(page) == []
    page.get_by_label("Name").fill("Nobody")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    assert problems(page) == []
    page.close()


def test_what_can_be_pressed_is_24_pixels_high_and_shows_where_the_keyboard_is(
    browser: Browser, site: Site, addresses: list[str]
) -> None:
    with context(browser, site, Role.ADMINISTRATOR) as people:
        page, found = people.new_page(), list[str]()
        for address in addresses:
            page.goto(address)
            small = page.evaluate(
                """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, nav a, .button')]
                .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.width && (r.height < 24 || r.width < 20)
                    && !(e.type === 'checkbox' || e.type === 'radio') && !e.closest('.unseen'))
                .map(([e, r]) => `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${r.width}x${r.height}`)"""
            )
            found += [f"{address}: {one}" for one in small]
        assert found == []
        page.goto("/labels")
        rings = set()
        for _ in range(25):
            page.keyboard.press("Tab")
            rings.add(
                page.evaluate("getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName")
            )
        assert {ring for ring in rings if ring.startswith("none") and not ring.endswith(("BODY", "MAIN"))} == set()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_business_unit_adds_a_review(browser: Browser, site: Site, tmp_path: Path, scripts: bool) -> None:
    fresh = making.varied(making.SAMPLES / "scr-child-f.pdf", tmp_path / f"fresh {scripts}.pdf", f"content {scripts}")
    web = tmp_path / "saved page.pdf"
    web.write_text("<!doctype html><html></html>")
    with context(browser, site, Role.LEAD, scripts=scripts) as people:
        page = people.new_page()
        page.goto("/")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Add a review").click()
        page.get_by_label("PDFs of reviews").set_input_files([fresh, web])
        page.get_by_role("main").get_by_role("button", name="Add").click()
        for _ in range(200):
            if page.get_by_text("Add more").is_visible():
                break
            if not scripts:
                page.get_by_role("link", name="Look again").click()
            time.sleep(0.2)
        expect(page.get_by_role("heading", name="a new edition?")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("saved page.pdf (a web page named .pdf)")
        page.get_by_role("button", name="It is a separate review").click()
        for _ in range(200):
            if page.get_by_text("Add more").is_visible():
                break
            if not scripts:
                page.get_by_role("link", name="Look again").click()
            time.sleep(0.2)
        expect(page.get_by_role("main")).to_contain_text("10 found")
        page.get_by_role("link", name="Confirm its particulars").click()
        page.get_by_text("Say who may see it").click()
        page.get_by_label("Who may see what comes from it").select_option("published")
        page.get_by_role("button", name="Save").last.click()
        expect(page.get_by_role("status")).to_contain_text("is now: published")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_reviewer_checks_labels_beside_the_page(browser: Browser, site: Site, scripts: bool) -> None:
    with context(browser, site, Role.REVIEWER, scripts=scripts) as people:
        page = people.new_page()
        page.goto("/labels")
        page.get_by_role("link", name="Start checking").click()
        first = re.search(r"/labels/(r-\w+)", page.url)
        assert first is not None
        picture = page.locator(".sheet img")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.complete && image.naturalWidth > 500") or not scripts
        if scripts:
            page.keyboard.press("2")
            expect(page.get_by_role("radio").nth(1)).to_be_checked()
            page.get_by_label("Note").fill("s and u in a note are letters, and 4 is a figure")
            page.locator("h1").click()
            page.keyboard.press("Enter")
        else:
            page.get_by_role("radio").nth(1).check()
            page.get_by_label("Note").fill("without scripts")
            page.get_by_role("button", name=re.compile("Confirm|Save a new decision")).click()
        expect(page.get_by_role("status")).to_contain_text("is now under")
        said = checking.said_of(site.house.plan, first[1])[0]
        assert (said.quadrant, said.who) == ("Q2", "A reviewer")
        page.goto(f"/labels/{first[1]}")
        page.get_by_role("button", name="Undo my decision").click()
        expect(page.get_by_role("status")).to_contain_text("is undone")


def test_keys_can_be_switched_off_and_stay_so(browser: Browser, site: Site) -> None:
    with context(browser, site, Role.REVIEWER) as people:
        page = people.new_page()
        page.goto("/labels")
        page.get_by_role("link", name="Start checking").click()
        page.get_by_role("button", name="Switch the keys off").click()
        page.locator("h1").click()
        address = page.url
        page.keyboard.press("s")
        page.reload()
        page.keyboard.press("s")
        assert page.url == address
        page.get_by_role("button", name="Switch the keys on").click()
        page.locator("h1").click()
        page.keyboard.press("s")
        page.wait_for_url(lambda url: url != address)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_lead_reviewer_searches_before_writing_and_decides(browser: Browser, site: Site, scripts: bool) -> None:
    with context(browser, site, Role.LEAD, scripts=scripts) as people:
        page = people.new_page()
        page.goto("/")
        page.get_by_role("search").get_by_label("Search past recommendations").fill("fathers in assessments")
        page.get_by_role("search").get_by_role("button", name="Search").click()
        expect(page.locator("mark").first).to_be_visible()
        page.get_by_role("link", name=re.compile("More like this")).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("More like")
        page.goto("/decide?show=new")
        before = len(reading.actions(site.house.plan))
        page.get_by_text("Adopt it as a new action").first.click()
        page.get_by_label("The action in its own words").first.fill(
            "Publish the neglect tool and train 40 people by March"
        )
        page.get_by_role("button", name="Adopt").first.click()
        expect(page.get_by_role("status")).to_contain_text("It is action")
        assert len(reading.actions(site.house.plan)) == before + 1
        page.get_by_text("Edit what it says").click()
        page.get_by_label("Success goal").fill("Forty people trained")
        page.get_by_role("button", name="Save").last.click()
        expect(page.get_by_role("status")).to_contain_text("is saved")
        with page.expect_download() as download:
            page.goto("/files")
            page.get_by_role("button", name="Download").first.click()
        assert Path(download.value.path()).read_bytes().startswith(b"PK")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_administrator_lets_somebody_in_who_then_works(browser: Browser, site: Site, scripts: bool) -> None:
    name = f"Newcomer {scripts}"
    with context(browser, site, Role.ADMINISTRATOR, scripts=scripts) as people:
        page = people.new_page()
        page.goto("/people")
        form = page.locator("form", has=page.get_by_role("heading", name="Add somebody"))
        form.get_by_label("Name").fill(name)
        form.get_by_label("Lead").check()
        form.get_by_label("Password").fill(PASSWORD)
        form.get_by_role("button", name="Add").click()
        expect(page.get_by_role("status")).to_contain_text(f"{name} can sign in now, as lead")
        page.get_by_text("Make a token").click()
        page.get_by_label("What it is for").fill("The board's dashboard")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_role("status")).to_contain_text("it is not shown again): cap_")
        assert not scripts or problems(page) == []
        page.goto("/activity?what=account+added")
        expect(page.get_by_role("table")).to_contain_text(f"account {name}")
    fresh = browser.new_context(base_url=site.address, java_script_enabled=scripts)
    page = fresh.new_page()
    page.goto("/import")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring in a plan or an agency's update")
    plan = {
        "name": "plan.csv",
        "mimeType": "text/csv",
        "buffer": f"Ref,Action\n3.{7 + scripts},Brought in by {name}\n".encode(),
    }
    page.get_by_label("An action plan").set_input_files([plan])
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("table")).to_contain_text("Brought in")
    page.get_by_role("button", name="Import this").click()
    expect(page.get_by_role("status")).to_contain_text("1 new")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    fresh.close()


def test_leaving_a_form_with_words_in_it_asks_first(browser: Browser, site: Site) -> None:
    with context(browser, site, Role.LEAD) as people:
        page = people.new_page()
        page.goto("/actions/1.1")
        page.get_by_label("What has happened").fill("half a sentence")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.get_by_role("link", name="Throughline").click()
        page.wait_for_timeout(300)
        assert asked == ["beforeunload"] and page.url.endswith("/actions/1.1")


def test_a_viewer_reads_the_published_plan_and_is_offered_nothing_else(browser: Browser, site: Site) -> None:
    with context(browser, site, Role.VIEWER) as people:
        page = people.new_page()
        for address in ("/", "/actions", "/actions/1.1", "/reviews/F", "/themes", "/search?q=neglect", "/files"):
            page.goto(address)
            assert problems(page) == [], address
            offered = page.locator("main form[method=post]:not([action='/views'])").count()
            assert offered == 0, f"{address} offers a change to who may only read"
            for link in page.locator("main a[href^='/'], header a[href^='/']").all():
                target = link.get_attribute("href") or ""
                assert page.request.get(target).status != 403, f"{address} leads to {target}, which is refused"


def test_pages_print_without_what_only_a_screen_needs(browser: Browser, site: Site) -> None:
    with context(browser, site, Role.LEAD) as people:
        page = people.new_page()
        page.goto("/actions")
        page.emulate_media(media="print")
        for hidden in (".find", "nav[aria-label=Main]", "form.filters"):
            expect(page.locator(hidden).first).to_be_hidden()
        expect(page.get_by_role("table")).to_be_visible()
        printed = pypdfium2.PdfDocument(page.pdf(format="A4", landscape=True))
        first = printed[0].get_textpage().get_text_bounded()
        assert "Action plan" in first and "1.1" in first, "the table begins on the first sheet"
        assert "Narrow" not in first
