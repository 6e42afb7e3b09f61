"""How `make site` makes pages out of docs/. Why Sphinx: docs/decisions/0023-pages-of-the-documentation.md."""

project = "bilateral"
html_title = "bilateral"
copyright = "the bilateral authors"
extensions = ["myst_parser"]
myst_heading_anchors = 4  # a link to a heading is checked too
html_theme = "furo"  # its fonts and scripts lie in the site itself
html_copy_source = False
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # our SQL has $parameters, which the colouring does not know
