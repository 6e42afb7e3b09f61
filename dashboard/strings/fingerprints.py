"""Which texts of the pages need a translator: each translation has the fingerprint of the English text that it was made from."""

import json
from hashlib import sha256
from pathlib import Path

from bilateral.strings import texts


def made_from(lang: str) -> Path:
    """File with the fingerprints of the English texts that the translations were made from."""
    return Path(__file__).parent / f"{lang}.made_from.json"


def fingerprint(text: str) -> str:
    """Eight hexadecimal digits that change with the text."""
    return sha256(text.encode()).hexdigest()[:8]


def stale(lang: str, known: dict[str, str] | None = None) -> list[str]:
    """A sentence for each text that needs a translator. `known` replaces the fingerprints of the file."""
    english, other = texts("en").flat(), texts(lang).flat()
    if known is None:
        known = json.loads(made_from(lang).read_text(encoding="utf-8"))
    missing = [f"{key} is missing in {lang}.toml" for key in english if key not in other]
    left_over = [f"{key} is in {lang}.toml and not in en.toml" for key in other if key not in english]
    changed = [
        f"{key} changed in English since it was translated to {lang}"
        for key, text in english.items()
        if key in other and known.get(key) != fingerprint(text)
    ]
    return missing + left_over + changed


def look_at(lang: str, keys: list[str]) -> None:
    """Record that these translations fit today's English, `all` for every one."""
    english = texts("en").flat()
    known = json.loads(made_from(lang).read_text(encoding="utf-8")) if made_from(lang).exists() else {}
    known |= {key: fingerprint(text) for key, text in english.items() if key in keys or keys == ["all"]}
    kept = {key: known[key] for key in english if key in known}
    made_from(lang).write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
