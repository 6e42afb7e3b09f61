"""What a proposal prefills: nothing that did not happen, no day that is not its own, no sign that nobody sees."""

from datetime import date

import pytest

from bilateral.exits import Stop
from bilateral.intake import drafts
from made_proposals import BOTH, SENTENCE, entry, item, proposal, put, put_made


def test_the_sentence_of_the_page_stands_in_its_own_language_alone(reviewer):
    english, spanish, other = item("1"), item("2", language="es"), item("3", language="fr")
    put(reviewer.data, *((read, proposal(read)) for read in (english, spanish, other)))
    fields = [drafts.of(entry(reviewer.data, number)) for number in (1, 2, 3)]
    assert [(one["summary"], one["summary_es"]) for one in fields] == [(SENTENCE, ""), ("", SENTENCE), ("", "")]


@pytest.mark.parametrize("modality", ["negated", "denied", "conditional", "historical"])
def test_what_was_not_done_on_that_day_is_accepted_with_the_day_and_code_that_a_person_gives(reviewer, modality):
    put_made(reviewer.data, "1", modality=modality, measure_state="in_force", effective_on=date(2025, 4, 9))
    fields = drafts.of(entry(reviewer.data, 1))
    is_past = modality == "historical"
    left = (fields["event_date"], fields["cameo_code"], fields["state"])
    assert left == (("", "071", "announced") if is_past else ("", "", ""))
    with pytest.raises(Stop, match=f"the sentence is read as {modality}; give "):
        reviewer.accept(1, BOTH)
    reviewer.accept(1, BOTH | {"event_date": "2025-03-28"} | ({} if is_past else {"cameo_code": "042"}))
    assert entry(reviewer.data, 1).state == "accepted"


@pytest.mark.parametrize("modality", ["planned", "promised", "threatened"])
def test_an_intention_is_no_deed_unless_a_person_says_so(reviewer, modality):
    put(reviewer.data, *((read, proposal(read, modality=modality, cameo_code=code)) for read, code in INTENTIONS))
    with pytest.raises(Stop, match="a code of 06 to 08 or 14 to 20 is a deed"):
        reviewer.accept(1, BOTH)
    given = [{}, {"cameo_code": "033"}, {"event_date": "2025-03-31"}]
    found = [entry(reviewer.data, number) for number in (2, 1, 1)]
    assert [drafts.doubt(one, drafts.of(one) | more) for one, more in zip(found, given, strict=True)] == [None] * 3


INTENTIONS = [(item("1"), "163"), (item("2"), "033")]
STARTS = [
    ("in_force", date(2025, 4, 9), ("announced", "no", "2025-04-09", "start")),
    ("in_force", date(2025, 3, 30), ("in_force", "yes", "", "")),
    ("raised", date(2025, 4, 9), ("announced", "yes", "2025-04-09", "rise")),
    ("lifted", date(2025, 4, 9), ("announced", "yes", "2025-04-09", "end")),
    ("announced", date(2025, 4, 9), ("announced", "no", "2025-04-09", "start")),
]


@pytest.mark.parametrize(("state", "effective_on", "said"), STARTS)
def test_a_measure_is_as_it_was_until_the_day_on_which_it_changes(reviewer, state, effective_on, said):
    put_made(reviewer.data, "1", measure_state=state, effective_on=effective_on)
    fields = drafts.of(entry(reviewer.data, 1))
    assert tuple(fields[name] for name in ("state", "is_in_force", "until", "until_kind")) == said


def test_signs_that_nobody_sees_do_not_come_from_the_page_into_the_fields(reviewer):
    hidden = item("1", "The United\u200b States sent \u202eaid\u00ad\x07.", title="Made:\u200b one")
    put(reviewer.data, (hidden, proposal(hidden, hidden.text, target_name="Me\u00adxico")))
    fields = drafts.of(entry(reviewer.data, 1))
    told = [fields[name] for name in ("summary", "source_title", "target_name")]
    assert told == ["The United States sent aid.", "Made: one", "Mexico"]
