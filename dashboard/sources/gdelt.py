"""The layout of GDELT event files: 2.0 exports (61 columns), 1.0 daily files (58) and backfiles (57), and extracts with a header."""

from bilateral.sources.layouts import Layout

ACTOR = ("code", "name", "country", "group", "ethnic", "religion1", "religion2", "type1", "type2", "type3")
ACTOR_WORDS: tuple[str, ...] = ("code", "name", "countrycode", "knowngroupcode", "ethniccode", "religion1code", "religion2code")
ACTOR_WORDS += ("type1code", "type2code", "type3code")
PLACE = ("type", "full_name", "country", "adm1", "adm2", "lat", "long", "feature_id")
PLACE_WORDS = ("type", "fullname", "countrycode", "adm1code", "adm2code", "lat", "long", "featureid")

V2 = (
    *("global_event_id", "sql_date", "month_year", "year", "fraction_date"),
    *(f"actor1_{part}" for part in ACTOR),
    *(f"actor2_{part}" for part in ACTOR),
    *("is_root_event", "event_code", "event_base_code", "event_root_code", "quad_class", "goldstein"),
    *("num_mentions", "num_sources", "num_articles", "avg_tone"),
    *(f"{place}_{part}" for place in ("actor1_geo", "actor2_geo", "action_geo") for part in PLACE),
    *("date_added", "source_url"),
)
V1 = tuple(name for name in V2 if not name.endswith("_adm2"))

ALIASES = (
    {f"actor{n}{word}": f"actor{n}_{part}" for n in (1, 2) for word, part in zip(ACTOR_WORDS, ACTOR, strict=True)}
    | {
        f"{place}geo_{word}": f"{place}_geo_{part}"
        for place in ("actor1", "actor2", "action")
        for word, part in zip(PLACE_WORDS, PLACE, strict=True)
    }
    | {"day": "sql_date", "goldsteinscale": "goldstein"}
)

LAYOUT = Layout(
    dataset="gdelt",
    columns=V2,
    widths={61: V2, 58: V1, 57: V1[:-1]},
    aliases=ALIASES,
    required=("global_event_id", "sql_date", "event_code", "num_articles", "date_added"),
    code="event_code",
    code_name="EventCode",
    codes=("event_base_code", "event_root_code", "quad_class", "is_root_event"),
    whole=("global_event_id", "month_year", "year", "num_mentions", "num_sources", "num_articles"),
    numbers=(
        "goldstein",
        "avg_tone",
        *(f"{place}_geo_{part}" for place in ("actor1", "actor2", "action") for part in ("lat", "long")),
    ),
    days=("sql_date",),
    is_day_compact=True,
    times=("date_added",),
    month="month_year",
    countries=tuple(f"{place}_geo_country" for place in ("actor1", "actor2", "action")),
    long=("source_url",),
    hint="a file of 16 columns is mentions: bilateral load gdelt-mentions",
)
