/* Corrections of events by the user: seeds/corrections.csv, which has none, and the file that BILATERAL_CORRECTIONS names.

   grain   none
   inputs
   columns
     event_id  varchar  event to correct
     action    varchar  exclude, recode or domain
     value     varchar  the right code or domain; empty for exclude
     reason    varchar  why
     who       varchar  who says so
     at        varchar  when, YYYY-MM-DD
   source  seeds/corrections.csv and the user's BILATERAL_CORRECTIONS
*/
select
    event_id,
    action,
    value,
    reason,
    who,
    "at"  -- noqa: RF06
from
    read_csv(
        list_concat([getvariable('seeds') || '/corrections.csv'], coalesce(getvariable('corrections'), []::varchar[])),
        header = true,
        all_varchar = true,
        union_by_name = true
    )
