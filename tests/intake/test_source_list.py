"""The list of sources: what is shipped can be read, and a line of the user's that cannot be used is told with its place."""

import pytest

from bilateral.exits import Exit, Stop
from bilateral.intake.readings import reader_of
from bilateral.intake.source_list import chosen, listed


def test_every_shipped_source_has_a_reader_and_terms_and_is_named_in_both_languages():
    sources = listed().values()
    assert len(sources) >= 15
    for source in sources:
        assert callable(reader_of(source.kind).read)
        assert all((source.name_en, source.name_es, source.terms, source.authority)), source.id
        assert source.address.startswith("https://")
        assert source.access == ("saved" if "gob.mx/" in source.address and "www" in source.address else "fetch"), source.id


def test_a_line_of_the_user_takes_the_place_of_the_shipped_one(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("id,kind,address\nustr,feed,http://127.0.0.1/rss\nmade-paper,feed,https://paper.example.org/rss\n")
    assert [source.address for source in chosen(["made-paper", "ustr", "ustr"], own)] == [
        "https://paper.example.org/rss",
        "http://127.0.0.1/rss",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a header with id, kind, address"),
        ("id,address\na,https://a.example\n", "a header with id, kind, address"),
        ("id,kind,address\na,feed,\n", "line 2: address is empty"),
        ("id,kind,address\na,feeds,https://a.example\n", "line 2: kind 'feeds' is not one of feed, "),
        ("id,kind,address\na,feed,ftp://a.example\n", "line 2: address 'ftp://a.example' does not begin with https://"),
        (
            "id,kind,address,min_interval_s\na,feed,https://a.example,soon\n",
            "line 2: min_interval_s and max_silence_days are numbers",
        ),
        ("id,kind,address,min_interval_s\na,feed,https://a.example,nan\n", "min_interval_s is at least 0"),
        ("id,kind,address,access\na,feed,https://a.example,secret\n", "access 'secret' is not one of fetch, saved"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_with_its_line(tmp_path, text, said):
    own = tmp_path / "own.csv"
    own.write_text(text)
    with pytest.raises(Stop) as told:
        listed(own)
    assert told.value.code == Exit.CONFIGURATION
    assert said in str(told.value)
