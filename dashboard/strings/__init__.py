"""The texts of the pages, one TOML file a language."""

import tomllib
from functools import cache
from pathlib import Path


class Texts:
    """Texts of one language by dotted key: texts("chart.balance"), texts("sentence.acts", n=3)."""

    def __init__(self, lang: str):
        self.lang = lang
        self._texts = tomllib.loads((Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8"))

    def __call__(self, key: str, **names: object) -> str:
        """The text with its names filled in; `n` chooses between `one` and `other`. Raises KeyError for an unknown key."""
        found = self.entry(key)
        if isinstance(found, dict):
            found = found["one" if names.get("n") == 1 else "other"]
        return str(found).format(**names) if names else str(found)

    def entry(self, key: str):
        """The raw entry: a text, a list, or the table of a plural."""
        found = self._texts
        for part in key.split("."):
            found = found[part]
        return found


@cache
def texts(lang: str) -> Texts:
    """Texts of a language, read once."""
    return Texts(lang)


LANGS = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))
