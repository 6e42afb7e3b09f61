"""Which stories belong together, and that the order of rows and what comes later change nothing."""

import pytest

METHOD = "happening_gap  happening_days\n14  28"
DATASETS = "dataset  is_curated\nlist  true\npress  false"
HEAD = "event_id  dataset  dyad  event_day  story  domain  url  source_title  is_backdated  is_excluded"


def happenings(run_model, *rows: str) -> dict[str, str]:
    """The happening of each story; a row is `story dataset day subject page`."""
    lines = [HEAD]
    for row in rows:
        story, dataset, day, domain, page = row.split()
        lines.append(f"{story}  {dataset}  MEX-USA  2025-{day}  {story}  {domain}  {page}  null  false  false")
    given = {"core_events": "\n".join(lines), "staging_datasets": DATASETS, "staging_method": METHOD}
    found = run_model("core.happenings", columns=("story", "happening"), **given)
    return dict(line.split() for line in found)


def test_acts_of_one_page_belong_together_whatever_their_subject_and_day(run_model):
    assert happenings(run_model, "a list 03-06 trade p", "b list 03-10 drugs p", "c list 03-12 energy q") == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def test_curated_pages_of_one_subject_belong_together_while_they_follow_each_other_within_two_weeks(run_model):
    rows = ("a list 03-01 trade p", "b list 03-15 trade q", "c list 03-30 trade r", "d list 03-15 drugs s")
    assert happenings(run_model, *rows) == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_no_happening_goes_on_for_more_than_four_weeks(run_model):
    rows = [
        f"{name} list {day} trade {name}"
        for name, day in zip("abcde", ("03-01", "03-10", "03-20", "03-28", "03-29"), strict=True)
    ]
    assert happenings(run_model, *rows) == {"a": "a", "b": "a", "c": "a", "d": "a", "e": "e"}


def test_one_page_that_is_used_for_years_is_many_happenings(run_model):
    assert happenings(run_model, "a list 01-01 trade p", "b list 06-01 drugs p") == {"a": "a", "b": "b"}


PRESS = (
    "a press 03-11 trade https://x.org/border-tariff-talks-begin",
    "b press 03-13 trade https://y.org/tariff-border-dispute",
    "c press 03-13 trade https://z.org/water-treaty-delivery",
    "d press 03-13 drugs https://z.org/border-tariff-fentanyl",
)


def test_press_stories_of_one_subject_need_two_words_in_common(run_model):
    assert happenings(run_model, *PRESS) == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_names_of_the_pair_are_no_words_in_common_as_the_gate_asks_for_them(run_model):
    rows = (
        "a press 03-11 trade https://z.org/united-states-mexico-tariffs",
        "b press 03-12 trade https://z.org/united-states-mexico-summit",
        "c press 03-13 trade https://z.org/mexican-tariffs-hearing-mexico",
    )
    assert happenings(run_model, *rows) == {"a": "a", "b": "b", "c": "c"}


def test_press_without_page_and_title_is_one_happening_a_subject_and_day(run_model):
    rows = ("a press 03-11 trade null", "b press 03-11 trade null", "c press 03-12 trade null")
    assert happenings(run_model, *rows) == {"a": "a", "b": "a", "c": "c"}


@pytest.mark.parametrize(
    "rows", [PRESS, ("a list 03-01 trade p", "b list 03-15 trade q", "c list 03-30 trade r", "d list 04-02 drugs q")]
)
def test_neither_order_nor_what_comes_later_changes_a_happening(run_model, rows):
    whole = happenings(run_model, *rows)
    assert happenings(run_model, *rows[::-1]) == whole
    for n in range(1, len(rows)):
        assert happenings(run_model, *rows[:n]) == {row.split()[0]: whole[row.split()[0]] for row in rows[:n]}
