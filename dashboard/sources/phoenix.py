"""The layout of Phoenix event files: 26 columns without a header as the pipeline writes them, and tables with a header."""

from bilateral.sources.layouts import Layout

COLUMNS = (
    *("event_id", "event_date", "year", "month", "day"),
    *("source", "source_root", "source_agent", "source_others", "target", "target_root", "target_agent", "target_others"),
    *("code", "root_code", "quad_class", "goldstein", "issues"),
    *("latitude", "longitude", "place", "state", "country", "story_ids", "urls", "outlets"),
)

ALIASES = {
    **{"gid": "event_id", "eid": "event_id", "id_version": "event_id", "date": "event_date", "story_date": "event_date"},
    **{"srcactor": "source_root", "srcagent": "source_agent", "sothagent": "source_others"},
    **{"tgtactor": "target_root", "tgtagent": "target_agent", "tothagent": "target_others"},
    **{"cameo": "code", "rootcode": "root_code", "quadclass": "quad_class", "joined_issues": "issues"},
    **{"lat": "latitude", "lon": "longitude", "geoname": "place", "placename": "place", "statename": "state"},
    **{"countryname": "country", "id": "story_ids", "ids": "story_ids", "aid": "story_ids"},
    **{"url": "urls", "sourcetxt": "outlets", "sources": "outlets", "publisher": "outlets"},
}

LAYOUT = Layout(
    dataset="phoenix",
    columns=COLUMNS,
    widths={26: COLUMNS},
    aliases=ALIASES,
    required=("event_id", "event_date", "source_root", "target_root", "code"),
    code="code",
    code_name="code",
    codes=("root_code", "quad_class"),
    whole=("year", "month", "day"),
    numbers=("goldstein", "latitude", "longitude"),
    days=("event_date",),
    is_day_compact=True,
    month="month",
    is_month_first=True,
    long=("urls",),
)
