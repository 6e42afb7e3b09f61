"""The layout of GDELT mentions files: 16 columns without a header, and extracts with one."""

from bilateral.sources.layouts import Layout

COLUMNS = (
    *("global_event_id", "event_time", "mention_time", "mention_type", "source_name", "identifier", "sentence_id"),
    *("actor1_offset", "actor2_offset", "action_offset", "in_raw_text", "confidence", "doc_length", "doc_tone"),
    *("translation", "extras"),
)

ALIASES = {
    **{"globaleventid": "global_event_id", "eventtimedate": "event_time", "mentiontimedate": "mention_time"},
    **{"mentiontype": "mention_type", "mentionsourcename": "source_name", "mentionidentifier": "identifier"},
    **{"sentenceid": "sentence_id", "actor1charoffset": "actor1_offset", "actor2charoffset": "actor2_offset"},
    **{"actioncharoffset": "action_offset", "inrawtext": "in_raw_text", "mentiondoclen": "doc_length"},
    **{"mentiondoctone": "doc_tone", "mentiondoctranslationinfo": "translation"},
}

LAYOUT = Layout(
    dataset="gdelt-mentions",
    columns=COLUMNS,
    widths={16: COLUMNS},
    aliases=ALIASES,
    required=("global_event_id", "event_time", "mention_time", "identifier", "confidence"),
    whole=("global_event_id", "sentence_id", "confidence", "doc_length"),
    codes=("mention_type", "in_raw_text"),
    numbers=("doc_tone",),
    times=("event_time", "mention_time"),
    long=("identifier",),
    hint="a file of 61, 58 or 57 columns holds events: bilateral load gdelt",
)
