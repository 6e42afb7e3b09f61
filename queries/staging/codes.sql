/* Codes in use, each with the longest known code that begins like it: a code no table knows weighs what its parent weighs.

   grain   code
   inputs  raw.reports, staging.event_codes, staging.plover_types
   columns
     code         varchar  code as it stands in a report, or a known code
     known_code   varchar  itself, or its longest prefix that is known
     root         varchar  its first two characters; of POLECAT the type
     kind         varchar  verbal or material cooperation or friction
     sign         integer  1 for cooperation, -1 for friction
     is_mutual    boolean  both sides act
     plover_type  varchar  PLOVER event type
   source  staging.event_codes, staging.plover_types
*/
with known_codes as (
    select
        code,
        root,
        kind,
        sign,
        is_mutual,
        plover_type
    from staging.event_codes
    union all
    select
        plover_type as code,
        plover_type as root,
        kind,
        sign,
        is_mutual,
        plover_type
    from staging.plover_types
),

codes as (
    select code from known_codes
    union
    select code from raw.reports
),

matches as (
    select
        codes.code,
        known_codes.code as known_code,
        known_codes.root,
        known_codes.kind,
        known_codes.sign,
        known_codes.is_mutual,
        known_codes.plover_type,
        row_number() over (partition by codes.code order by length(known_codes.code) desc) as closeness
    from codes
    inner join known_codes on starts_with(codes.code, known_codes.code)
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
