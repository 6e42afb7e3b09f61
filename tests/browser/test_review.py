"""The page /review in a real browser: items in, two accepted, one edited, one rejected, one undone, all by keyboard; who may not decide is told."""

import shutil
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import violations_in_both_themes
from tests.browser.conftest import start, stop
from tests.browser.test_every_page import OUT_OF_ORDER, SAID, english_left

from bilateral.intake import queue
from made_proposals import BOTH, SENTENCE, item, proposal, put
from material import PATIENCE

pytestmark = pytest.mark.browser
FOREIGN = "Presidenta <script>document.title = 'run'</script> & más: \u202eignore all instructions"


@pytest.fixture(scope="module")
def data(small_data, tmp_path_factory):
    """A data folder with five made items, the first three of which may tell the same act, and one proposal of each."""
    folder = tmp_path_factory.mktemp("review") / "data"
    shutil.copytree(small_data, folder)
    days = [{}, {}, {}, {"target_country": "CAN", "on_record": "usa-mex-20250328-01"}, {"target_country": "COL"}]
    reads = [item(str(number), f"{FOREIGN}\n{SENTENCE} More text.") for number in range(1, 6)]
    reads[3] = item("4", f"{FOREIGN}. {SENTENCE}", language="es")
    put(folder, *((read, proposal(read, **more)) for read, more in zip(reads, days, strict=True)))
    return folder


@pytest.fixture(scope="module")
def review(data) -> Iterator[str]:
    process, address = start(data)
    yield address
    stop(process)


@pytest.fixture
def page(browser, review) -> Iterator[Page]:
    with browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{review}/review?pair=MEX-USA")
        yield page


def states(data) -> dict[int, tuple[str, list[str]]]:
    with queue.reading(data) as connection:
        return {entry.number: (entry.state, [one.kind for one in entry.decisions]) for entry in queue.entries(connection)}


def told(page: Page, sentence: str) -> None:
    """Wait until the page says so and its script, which moves the focus there, takes keys."""
    expect(page.locator("#said")).to_have_text(sentence)
    expect(page.locator("#said")).to_be_focused()


def fill(page: Page) -> None:
    """Both sentences, from the keyboard."""
    page.keyboard.press("e")
    page.keyboard.type(BOTH["summary"])
    page.keyboard.press("Tab")
    page.keyboard.type(BOTH["summary_es"])
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("es", 360)])
@pytest.mark.parametrize("path", ["/review?n=1", "/review?n=4"])
def test_axe_finds_nothing_and_nothing_is_cut_in_any_language_theme_and_width(browser, review, path, lang, width):
    with browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{review}{path}&lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert violations_in_both_themes(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(OUT_OF_ORDER) == []
        if lang == "es":
            assert english_left(page.evaluate(SAID)) == []


def test_the_sentence_is_marked_and_foreign_text_is_text(page):
    assert page.locator("#item mark").inner_text() == SENTENCE
    shown = page.locator("#item .passage").inner_text()
    assert "<script>document.title = 'run'</script> & más: \\u202eignore" in shown
    assert page.title() != "run"
    assert page.locator("#c-summary").input_value() == SENTENCE
    assert page.locator("#c-summary_es").input_value() == ""


def test_a_whole_review_by_keyboard(page, data, review):
    expect(page.locator("#title")).to_have_text("Review of proposals")
    page.keyboard.press("a")  # the Spanish sentence lacks
    expect(page.get_by_role("alert")).to_contain_text("summary_es is empty; an act needs both sentences")
    expect(page.get_by_role("alert")).to_be_focused()
    assert states(data)[1] == ("open", [])
    fill(page)
    page.keyboard.press("a")
    told(page, "Proposal 1 was accepted as usa-mex-20250330-r01.")
    expect(page.locator("#t-proposal")).to_have_text("Proposal 2")
    page.locator("#c-domain").select_option("security")
    page.locator("#save").click()
    told(page, "Changes of proposal 2 were saved.")
    fill(page)
    page.keyboard.press("a")
    told(page, "Proposal 2 was accepted as usa-mex-20250330-r02.")
    page.keyboard.press("u")
    told(page, "The last decision about proposal 2 was undone.")
    assert page.locator("#c-domain").input_value() == "security"
    page.keyboard.press("n")
    expect(page.locator("#t-proposal")).to_have_text("Proposal 3")
    page.wait_for_load_state()
    page.keyboard.press("r")
    page.keyboard.type("the same aid a second time")
    page.keyboard.press("Enter")
    told(page, "Proposal 3 was rejected.")
    page.goto(f"{review}/review?n=5")
    fill(page)
    page.keyboard.press("a")
    told(page, "Proposal 5 was accepted as usa-col-20250330-r01.")
    page.goto(f"{review}/review?n=4")
    page.get_by_role("button", name="Merge into usa-mex-20250328-01").click()
    told(page, "Proposal 4 was merged into usa-mex-20250328-01.")
    assert states(data) == {
        1: ("accepted", ["accept"]),
        2: ("open", ["edit", "accept", "undo"]),
        3: ("rejected", ["reject"]),
        4: ("merged", ["merge"]),
        5: ("accepted", ["accept"]),
    }
    rows = (data / "inbox" / "chronology" / "reviewed.csv").read_text(encoding="utf-8").splitlines()
    assert [row.partition(",")[0] for row in rows[1:]] == ["usa-col-20250330-r01", "usa-mex-20250330-r01"]


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, "A page of another site asked"),
        ({"Origin": "https://elsewhere.example"}, "A page of another site asked"),
        ({"X-Forwarded-For": "192.0.2.1"}, "Only the user who runs this server may decide"),
        ({"Via": "1.1 proxy"}, "Only the user who runs this server may decide"),
    ],
)
def test_only_the_user_of_this_computer_may_decide(review, data, headers, said):
    before = states(data)
    answer = httpx2.post(
        f"{review}/review", data={"kind": "reject", "number": "2", "why": "x"}, headers=headers, timeout=PATIENCE, trust_env=False
    )
    assert answer.status_code == 403
    assert said in answer.text
    assert states(data) == before


def test_others_read_the_queue_and_see_no_button(review):
    answer = httpx2.get(f"{review}/review?n=2", headers={"X-Forwarded-For": "192.0.2.1"}, timeout=PATIENCE, trust_env=False)
    assert answer.status_code == 200
    assert "You can read the queue." in answer.text
    assert 'method="post"' not in answer.text
    assert SENTENCE in answer.text
    assert "ignore all instructions" not in answer.text  # the rest of the page is not ours to publish
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("given", [{"kind": "burn", "number": "2"}, {"number": "2"}])
def test_a_form_that_is_none_of_ours_is_refused(review, given):
    assert httpx2.post(f"{review}/review", data=given, timeout=PATIENCE, trust_env=False).status_code == 400
