"""List every translation that is missing, left over, or older than its English: texts of the pages, headers of the indicators, the register
of measures, names of actors, sentences of events, numbers and names in texts of docs/, and texts of tables.

After checking a translation, record that it fits: `python -m bilateral.commands.translations --looked-at chart.balance indicators.balance
usa-mex-20250328-01 …`, or `all`. Texts of seeds/translations.csv are found by their English, so they need no record."""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bilateral import package_data
from bilateral.compute.macros import is_of_a_value
from bilateral.compute.queries import read
from bilateral.pages import methods
from bilateral.strings import LANGS, columns, fingerprints

MADE_FROM = "summaries_es.csv"
"""Seed that holds the fingerprint of the English sentence behind each `summary_es`."""


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--looked-at"]:
        look_at(arguments[1:])
    found = [sentence for lang in LANGS if lang != "en" for sentence in [*fingerprints.stale(lang), *headers(lang)]]
    found += [sentence for lang in LANGS if lang != "en" for sentence in [*manuals(lang), *left_over(lang)]]
    found += [*register(), *sentences()]
    notes = [f"{text!r} is in English on {lang} pages" for lang in LANGS if lang != "en" for text in untranslated(lang)]
    sys.stdout.write("\n".join([*notes, *(found or ["Every translation is as new as its English."])]) + "\n")
    return 1 if found else 0


def headers(lang: str) -> list[str]:
    """What strings/headers/<lang>.toml lacks, holds in excess, or made of an older header."""
    english, other, file = indicators(), methods.translated(lang), f"headers/{lang}.toml"
    found = [f"[{name}] is in {file} and is no indicator" for name in other if name not in english]
    for name, says in english.items():
        section = other.get(name, {})
        found += [f"[{name}] {field} is missing in {file}" for field in methods.TOLD if says[field] and not section.get(field)]
        if section and section.get("made_from") != header_fingerprint(says):
            found.append(f"[{name}] changed in English since it was translated to {lang}")
    return found


def indicators() -> dict[str, dict[str, str]]:
    """What the headers of the indicators say in English, by name."""
    shown = [query for query in methods.known().values() if query.layer == "indicators" and "title" in query.fields]
    return {methods.anchor(query): methods.told(query, "en") for query in shown}


def header_fingerprint(says: dict[str, str]) -> str:
    return fingerprints.fingerprint("\n".join(says[field] for field in methods.TOLD))


def manuals(lang: str) -> list[str]:
    """Parts of docs/<lang>/ whose numbers and names of files, columns or commands are not those of the English text."""
    found: list[str] = []
    for path in sorted((package_data.folder("docs") / lang).glob("*.md")):
        english, other = (file.read_text(encoding="utf-8").split("\n## ") for file in (path.parents[1] / path.name, path))
        if len(english) != len(other):
            return [*found, f"docs/{lang}/{path.name} has {len(other)} parts, docs/{path.name} has {len(english)}"]
        for ours, theirs in zip(english, other, strict=True):
            lacking, surplus = named(ours) - named(theirs), named(theirs) - named(ours)
            if lacking or surplus:
                part = ours.split("\n", 1)[0].removeprefix("# ")
                found.append(f"docs/{lang}/{path.name}, “{part}”: lacks {[*lacking]}, has in excess {[*surplus]}")
    return found


def named(text: str) -> Counter[str]:
    """Numbers and `names` in a text, which no translation changes, with how often each stands there."""
    return Counter(found.rstrip(".,") for found in re.findall(r"`[^`]*`|[−+]?\d[\d.,]*", text))


def of_tables() -> set[str]:
    """What the headers of the public tables say of them and of their columns, and those of the macros that give a table of themselves."""
    public = [query for query in methods.known().values() if query.layer == "main"]
    texts = {text for query in public for text in (query.sentence, *(column.meaning for column in query.columns))}
    found = map(read, sorted((package_data.folder("queries") / "macros").glob("*.sql")))
    return texts | {macro.sentence for macro in found if not is_of_a_value(macro)}


def untranslated(lang: str) -> list[str]:
    """Texts of tables and columns that a page shows in English, marked as that: a new table may wait for its translation."""
    return sorted(of_tables() - columns.translated(lang).keys())


def left_over(lang: str) -> list[str]:
    """Translations of texts that no table or column has any more."""
    gone = sorted(columns.translated(lang).keys() - of_tables())
    return [f"headers/columns_{lang}.csv translates {text!r}, which no table or column has" for text in gone]


def register() -> list[str]:
    """Texts of the register and names of actors that seeds/translations.csv lacks, and its rows whose English is gone."""
    seeds = package_data.folder("seeds")
    measures = rows_of(seeds / "measures.csv")
    told = {row[name] for row in measures for name in ("measure_name", "note", "contested")}
    cited = {row["legal_basis"] for row in measures}  # the title of a law may stay as it is
    names = {row[name] for row in events() for name in ("source_name", "target_name")}
    known = {row["english"] for row in rows_of(seeds / "translations.csv")}
    names_of_outlets = {row["name"] for row in rows_of(seeds / "outlets.csv")}  # newspapers keep theirs
    lacking = [f"seeds/translations.csv lacks the Spanish of {text!r}" for text in sorted((told | names) - known - {""})]
    return lacking + [
        f"seeds/translations.csv translates {text!r}, which no row has"
        for text in sorted(known - told - names - cited - names_of_outlets)
    ]


def sentences() -> list[str]:
    """Events without a Spanish sentence, and with one that was made from another English sentence."""
    known, found = summaries_made_from(), []
    for row in events():
        if not row.get("summary_es"):
            found.append(f"{row['event_id']} has no summary_es")
        elif known.get(row["event_id"]) != fingerprints.fingerprint(row["summary"]):
            found.append(f"{row['event_id']}: its summary changed since summary_es was written")
    left_over = known.keys() - {row["event_id"] for row in events()}
    return found + [f"{event} is in seeds/{MADE_FROM} and is no event" for event in sorted(left_over)]


def summaries_made_from() -> dict[str, str]:
    path = package_data.folder("seeds") / MADE_FROM
    return {row["event_id"]: row["made_from"] for row in rows_of(path)} if path.exists() else {}


def events() -> list[dict[str, str]]:
    """Rows of the shipped timeline and articles."""
    seeds = package_data.folder("seeds")
    paths = [*sorted((seeds / "chronology").glob("*.csv")), *sorted((seeds / "articles").glob("*.csv"))]
    return [row for path in paths for row in rows_of(path)]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell or "" for name, cell in row.items()} for row in csv.DictReader(file)]


def look_at(keys: list[str]) -> None:
    """Record that these translations fit today's English, `all` for every one: keys of texts, `indicators.<name>`, ids of events."""
    for lang in LANGS:
        if lang != "en":
            fingerprints.look_at(lang, keys)
            look_at_headers(lang, keys)
    path = package_data.folder("seeds") / MADE_FROM
    known = {row["event_id"]: row["made_from"] for row in rows_of(path)} if path.exists() else {}
    chosen = [row for row in events() if row["summary_es"]]
    known |= {
        row["event_id"]: fingerprints.fingerprint(row["summary"]) for row in chosen if keys == ["all"] or row["event_id"] in keys
    }
    lines = [f"{row['event_id']},{known[row['event_id']]}" for row in chosen if row["event_id"] in known]
    made = "\n".join(["event_id,made_from", *sorted(lines)]) + "\n"
    (package_data.folder("seeds") / MADE_FROM).write_text(made, encoding="utf-8")


def look_at_headers(lang: str, keys: Iterable[str]) -> None:
    path = Path(fingerprints.__file__).parent / "headers" / f"{lang}.toml"
    text = path.read_text(encoding="utf-8")
    for name, says in indicators().items():
        if list(keys) == ["all"] or f"indicators.{name}" in keys:
            text = re.sub(rf'(?s)(\n\[{name}\]\n.*?\nmade_from = )"\w*"', rf'\g<1>"{header_fingerprint(says)}"', text, count=1)
    path.write_text(text, encoding="utf-8")
    methods.translated.cache_clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
