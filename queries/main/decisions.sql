/* What people decided about proposals, with what still holds of it. Rows are only added: undo is a row too.

   grain   number
   inputs  raw.decisions
   built   view
   columns  those of raw.decisions, and
     is_standing     boolean  it was not undone, and is no undo itself
     is_as_proposed  boolean  accept: day, countries, roles, code and subject are those that the coder proposed; NULL for other kinds
     event_id        varchar  accept: the act that it became; NULL for other kinds
   source  raw.decisions
*/
select
    decisions.*,
    decisions.kind <> 'undo' and undone.undoes is null as is_standing,
    case
        when decisions.kind = 'accept'
            then
                json_extract_string(
                    decisions.before,
                    [
                        '$.event_date', '$.source_actor', '$.source_role', '$.target_actor', '$.target_role', '$.cameo_code', '$.domain'
                    ]
                ) = json_extract_string(
                    decisions.after,
                    [
                        '$.event_date', '$.source_actor', '$.source_role', '$.target_actor', '$.target_role', '$.cameo_code', '$.domain'
                    ]
                )
    end as is_as_proposed,
    case when decisions.kind = 'accept' then json_extract_string(decisions.after, '$.event_id') end as event_id
from raw.decisions
left join raw.decisions as undone on decisions.number = undone.undoes
