"""Elements as HTML text."""

import subprocess
import sys

from material import ROOT, clean_environment

CODE = """
from dash import html
from bilateral.pages.markup import to_html
print(to_html(html.A("text", href="/events", id="a", className="b", lang="es", title="c", hrefLang="es-MX", **{"aria-current": "page", "data-x": "1"})))
"""


def test_the_same_element_is_the_same_text_in_every_process():
    made = {
        subprocess.run(
            [sys.executable, "-c", CODE],
            env=clean_environment(ROOT) | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert made == {
        '<a aria-current="page" class="b" data-x="1" href="/events" hreflang="es-MX" id="a" lang="es" title="c">text</a>\n'
    }
