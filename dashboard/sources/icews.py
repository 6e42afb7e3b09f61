"""The layout of ICEWS event files: 20 columns with a header, yearly, monthly and weekly ones alike; extracts may name fewer."""

from bilateral.sources.layouts import Layout

COLUMNS = (
    *("event_id", "event_date", "source_name", "source_sectors", "source_country", "event_text", "cameo_code", "intensity"),
    *("target_name", "target_sectors", "target_country", "story_id", "sentence_number", "publisher"),
    *("city", "district", "province", "country", "latitude", "longitude"),
)

LAYOUT = Layout(
    dataset="icews",
    columns=COLUMNS,
    required=("event_id", "event_date", "source_country", "cameo_code", "target_country"),
    code="cameo_code",
    code_name="CAMEO Code",
    whole=("event_id", "story_id", "sentence_number"),
    numbers=("intensity", "latitude", "longitude"),
    days=("event_date",),
    is_latin=True,
    hint="benchmark extracts of four columns (actor, event text, actor, date) name no countries and cannot be loaded",
)
