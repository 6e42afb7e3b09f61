/* What the gate says of the rows judged by hand, by the same queries as of all others: from gate_of_audit().

   Joined with gate_audit by `report_id = event_id` it gives precision and recall.

   parameters
   columns  those of staging.gate
   replaces    raw.reports
   result      staging.gate
*/
select
    event_id as report_id,
    'gdelt' as dataset,
    null::varchar as file_name,
    null::bigint as row_number,
    'audit-' || event_id as source_event_id,
    event_day::date as event_day,
    added_at::timestamp as added_at,
    source_country,
    target_country,
    source_role,
    target_role,
    source_name,
    target_name,
    code,
    source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    score_given::double as score_given,
    null::varchar as summary,
    url,
    null::varchar as title,
    nullif(regexp_extract(lower(url), '^https?://(?:www\.)?([^/:?#]+)', 1), '') as outlet,
    null::date as published_on,
    null::bigint as n_mentions,
    n_articles::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    null::varchar as story_id,
    base_code,
    root_code,
    is_root = '1' as is_root,
    n_sources::bigint as n_sources,
    source_place,
    target_place,
    action_place
from raw.gate_audit
