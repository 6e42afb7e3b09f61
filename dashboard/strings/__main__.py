"""Names every translated text that is missing, left over, or older than its English: `python -m bilateral.strings`.

After looking at a translation again: `python -m bilateral.strings --looked-at chart.balance …` (or `all`) keeps the English that it was made from.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from bilateral.strings import LANGS, texts


def made_from(lang: str) -> Path:
    """Where the fingerprints of the English texts are, of which the translations were made."""
    return Path(__file__).parent / f"{lang}.made_from.json"


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def stale(lang: str, known: dict[str, str] | None = None) -> list[str]:
    """A sentence for each text that needs a translator. `known` are other fingerprints than those kept in the file."""
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
    """Keep the fingerprints of today's English for these keys, `all` for every one."""
    english = texts("en").flat()
    known = json.loads(made_from(lang).read_text(encoding="utf-8")) if made_from(lang).exists() else {}
    known |= {key: fingerprint(text) for key, text in english.items() if key in keys or keys == ["all"]}
    kept = {key: known[key] for key in english if key in known}
    made_from(lang).write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    langs = [lang for lang in LANGS if lang != "en"]
    if arguments[:1] == ["--looked-at"]:
        for lang in langs:
            look_at(lang, arguments[1:])
    found = [sentence for lang in langs for sentence in stale(lang)]
    print("\n".join(found) or "Every translation is as new as its English.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
