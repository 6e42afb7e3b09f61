"""The layout of ICEWS event files: 20 columns with a header, yearly, monthly and weekly ones alike; extracts may name fewer."""

from dashboard.sources.tables import Layout

COLUMNS = (
    *("event_id", "event_date", "source_name", "source_sectors", "source_country", "event_text", "cameo_code", "intensity"),
    *("target_name", "target_sectors", "target_country", "story_id", "sentence_number", "publisher"),
    *("city", "district", "province", "country", "latitude", "longitude"),
)

LAYOUT = Layout(
    dataset="icews",
    columns=COLUMNS,
    required=("event_id", "event_date", "source_country", "cameo_code", "target_country"),
    missing=frozenset({"NA", "NULL"}),
    is_latin=True,
    hint="benchmark extracts of four columns (actor, event text, actor, date) name no countries and cannot be loaded",
)
