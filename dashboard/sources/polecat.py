"""The layout of POLECAT event files: 40 columns with a header; some name the intensity otherwise, a headline besides, or end in tabs."""

from bilateral.sources.layouts import Layout

COLUMNS = (
    *("event_id", "event_date", "event_type", "event_mode", "intensity", "quad_code", "contexts"),
    *("actor_name", "actor_country", "actor_cow", "primary_actor_sector", "actor_sectors", "actor_title", "actor_name_raw"),
    *("wikipedia_actor_id", "recipient_name", "recipient_country", "recipient_cow", "primary_recipient_sector"),
    *("recipient_sectors", "recipient_title", "recipient_name_raw", "wikipedia_recipient_id"),
    *("placename", "city", "district", "province", "country", "latitude", "longitude", "geonames_id", "raw_placename"),
    *("feature_type", "source", "publication_date", "story_people", "story_organizations", "story_locations"),
    *("language", "version", "headline"),
)

LAYOUT = Layout(
    dataset="polecat",
    columns=COLUMNS,
    aliases={"event_intensity": "intensity"},
    required=("event_id", "event_date", "event_type", "quad_code", "actor_country", "recipient_country"),
    numbers=("intensity", "latitude", "longitude"),
    days=("event_date", "publication_date"),
    is_latin=True,
    optional_names=frozenset({"headline"}),
    has_many_parties=True,
)
