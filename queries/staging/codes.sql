/* Codes in use, each with the longest known code that begins like it: a code no table knows weighs what its parent weighs.

   grain   code
   inputs  raw.reports, staging.event_codes
   columns
     code         varchar  code as it stands in a report, or a known code
     known_code   varchar  itself, or its longest prefix that is known
     root         varchar  its first two characters
     kind         varchar  verbal or material cooperation or friction
     sign         integer  1 for cooperation, -1 for friction
     is_mutual    boolean  the act has two doers
     plover_type  varchar  PLOVER event type
   source  staging.event_codes
*/
with codes as (
    select code from staging.event_codes
    union
    select code from raw.reports
),

matches as (
    select
        codes.code,
        event_codes.code as known_code,
        event_codes.root,
        event_codes.kind,
        event_codes.sign,
        event_codes.is_mutual,
        event_codes.plover_type,
        row_number() over (partition by codes.code order by length(event_codes.code) desc) as closeness
    from codes
    inner join staging.event_codes on starts_with(codes.code, event_codes.code)
)

select
    code,
    known_code,
    root,
    kind,
    sign,
    is_mutual,
    plover_type
from matches
where closeness = 1
