"""English or Spanish, by the commonest words of these and of their neighbours."""

from collections import Counter

from bilateral.intake.coding.wordlists import word_list

SAMPLE = 20_000
"""Characters that are read."""
CODED = ("en", "es")
COMMON = {language: word_list(f"common-{language}") for language in ("en", "es", "fr", "pt", "it", "de", "nl")}
FEWEST = 0.08
"""Share of these words below which a text whose language nobody told is in none of them."""
DOUBT = 2
"""Words of another language that are too few to contradict what the source told."""


def language_of(text: str, told: str) -> str | None:
    """`en` or `es`; None for any other language. What the source told counts where the words leave it open."""
    words = Counter(text[:SAMPLE].lower().split())
    counts = {language: sum(words[word] for word in common & words.keys()) for language, common in COMMON.items()}
    best = max(counts, key=lambda language: (counts[language], language == told))
    if told in CODED and counts[best] <= 2 * counts[told] + DOUBT:
        return told
    return best if best in CODED and counts[best] >= FEWEST * words.total() > 0 else None
