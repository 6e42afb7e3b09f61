"""Colours keep their contrast and their distance in both themes."""

import pytest

from bilateral.figures.theme import DARK, LIGHT, MARKS, TEXT_PAIRS

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@THEMES
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_10_text_has_contrast_enough(theme, pair):
    assert contrast(theme[pair[0]], theme[pair[1]]) >= 4.5


@THEMES
@pytest.mark.parametrize("mark", MARKS)
def test_10_marks_stand_out_on_a_card(theme, mark):
    assert contrast(theme[mark], theme["card"]) >= 3


def test_both_themes_name_the_same_colours():
    assert LIGHT.keys() == DARK.keys()
