/* What the coder read in items of the intake, with what became of it: open until a person decides. Nothing of it counts before it is accepted.

   grain   number
   inputs  raw.proposals, main.decisions
   built   view
   columns  those of raw.proposals, and
     dyad            varchar    the two countries in alphabetical order, as MEX-USA; the one country where the sentence names no other
     state           varchar    open, accepted, rejected or merged
     decided_at      timestamp  when that was decided, UTC; NULL while it is open
     is_as_proposed  boolean    accepted as the coder proposed it; NULL where it was not accepted
     event_id        varchar    the act that it became; NULL where it was not accepted
   source  raw.proposals
*/
with ends as (
    select
        proposal,
        max_by(kind, number) as kind,
        max_by(decisions.at, number) as decided_at,
        max_by(is_as_proposed, number) as is_as_proposed,
        max_by(event_id, number) as event_id
    from main.decisions
    where is_standing and kind in ('accept', 'reject', 'merge')
    group by proposal
)

select
    proposals.*,
    array_to_string(
        list_sort(list_filter([proposals.source_country, proposals.target_country], lambda country: country <> '')), '-'
    ) as dyad,
    case ends.kind when 'accept' then 'accepted' when 'reject' then 'rejected' when 'merge' then 'merged' else 'open' end as state,
    ends.decided_at,
    ends.is_as_proposed,
    ends.event_id
from raw.proposals
left join ends on proposals.number = ends.proposal
