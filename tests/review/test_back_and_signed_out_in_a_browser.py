"""Back after a form, signing out in another tab, and too many files, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from domain.states import Role
from plan import reading
from tests.review.browsing import Site, context
from tests.review.test_in_a_browser import problems

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_back_leads_to_the_form_that_was_sent(browser: Browser, site: Site, scripts: bool) -> None:
    before = len(reading.actions(site.house.plan))
    with context(browser, site, Role.LEAD, scripts=scripts) as people:
        page = people.new_page()
        page.goto("/actions")
        for text in ("Write to every school", "Write to every college"):
            page.goto("/actions")
            page.get_by_role("link", name="New action").click()
            page.get_by_label("Action", exact=True).fill(text)
            page.get_by_label("Quadrant", exact=True).select_option("Q3")
            page.get_by_role("button", name="Put it into the plan").click()
            expect(page.get_by_role("status")).to_contain_text("is in the plan")
            made = page.url
            page.go_back()
            button = page.get_by_role("button", name="Put it into the plan")
            if button.is_visible():  # the browser kept the page itself
                button.click()
                expect(page.get_by_role("status")).to_contain_text("nothing was done twice")
                assert page.url == made
            else:
                expect(page.get_by_role("main")).to_contain_text("You have sent this form already")
                assert not scripts or problems(page) == []  # axe is a script
                page.get_by_role("link", name="Open it").click()
                assert page.url == made
    assert len(reading.actions(site.house.plan)) == before + 2


def test_a_note_survives_signing_out_in_another_tab(browser: Browser, site: Site) -> None:
    with context(browser, site, Role.LEAD) as people:
        page, other = people.new_page(), people.new_page()
        page.goto("/actions/1.1")
        page.get_by_label("What has happened").fill("Asked every school.\nTwo have answered.")
        other.goto("/")
        other.get_by_role("button", name="Sign out").click()
        page.get_by_role("main").get_by_role("button", name="Save").first.click()
        expect(page.get_by_role("status")).to_contain_text("It is kept for you")
        page.get_by_label("Name").fill("A lead")
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("main")).to_contain_text("Two have answered.")
        assert problems(page) == []
        page.get_by_role("button", name="Send it now").click()
        expect(page.get_by_role("status")).to_contain_text("The progress of action 1.1 is noted")
        assert reading.action(site.house.plan, "1.1").progress == "Asked every school.\nTwo have answered."


def test_too_many_files_are_said_before_they_are_sent(browser: Browser, site: Site, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.pdf" for n in range(26)]
    for file in files:
        file.write_bytes(b"%PDF-1.7")
    with context(browser, site, Role.REVIEWER) as people:
        page = people.new_page()
        page.goto("/add")
        page.get_by_label("PDFs of reviews").set_input_files(files)
        page.get_by_role("button", name="Add", exact=True).click()
        assert page.url.endswith("/add")
        said = page.get_by_label("PDFs of reviews").evaluate("field => field.validationMessage")
        assert "You chose 26 files" in said and "at most 25" in said
