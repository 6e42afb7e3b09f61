"""The texts of the pages, one TOML file a language. `python -m bilateral.commands.translations` lists translations that are missing or stale."""

import tomllib
from functools import cache
from pathlib import Path


class Texts:
    """Texts of one language by dotted key: texts("chart.balance"), texts("sentence.events", n=3)."""

    def __init__(self, lang: str):
        self.lang = lang
        self._texts = tomllib.loads((Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8"))

    def __call__(self, key: str, **names: object) -> str:
        """The text with its names filled in; `n` chooses between `one` and `other`. Raises KeyError for an unknown key."""
        found = self.entry(key)
        if isinstance(found, dict):
            found = found["one" if names.get("n") == 1 else "other"]
        return str(found).format(**names) if names else str(found)

    @property
    def tag(self) -> str:
        """The language as HTML, dates and numbers name it: en, es-MX."""
        return str(self._texts["lang"])

    def flat(self) -> dict[str, str]:
        """Every text by its dotted key; a list as one text."""
        return dict(_flat("", self._texts))

    def entry(self, key: str):
        """The raw entry: a text, a list, or the table of a plural."""
        found = self._texts
        for part in key.split("."):
            found = found[part]
        return found


def _flat(prefix: str, table: dict):
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            yield from _flat(key, value)
        else:
            yield key, " ".join(value) if isinstance(value, list) else str(value)


@cache
def texts(lang: str) -> Texts:
    """Texts of a language, read once."""
    return Texts(lang)


LANGS = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))
