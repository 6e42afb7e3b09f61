"""Readers of what sources publish, one module a kind: pure functions from bytes to items, without network, clock or database.

A module has `read(page) -> Reading`, and `requests(source, since, until)` where a source is asked by day; else its address is asked as it is, and
`FORM` says which kind of body is expected.
"""

KINDS = {
    "feed": "feeds",
    "federal-register": "federal_register",
    "public-inspection": "public_inspection",
    "white-house": "white_house",
    "dof": "dof",
    "dof-website": "dof_website",
    "ofac": "ofac",
    "ofac-delta": "ofac_delta",
    "canada-news": "canada_news",
    "gdelt-articles": "gdelt_articles",
    "transcript": "transcripts",
    "page": "pages",
    "files": "files",
}
"""Kinds of `seeds/intake_sources.csv`, each with its module here."""
