/* What people decided about proposals. Rows are only added: undo is a row too.

   grain   number
   inputs
   kept    the refresh copies intake.sqlite
   columns
     number    bigint     number of the decision, in order of time
     proposal  bigint     the proposal
     kind      varchar    accept, edit, reject, merge or undo
     who       varchar    who decided
     at        timestamp  when, UTC
     why       varchar    reason; empty where none was given
     before    varchar    fields before, as JSON; of accept those that the coder proposed
     after     varchar    fields after, as JSON; of merge the proposal or act that it was merged into
     undoes    bigint     the decision that an undo takes back; NULL for other kinds
   source  intake/intake.sqlite
*/
select
    null::bigint as number,
    null::bigint as proposal,
    null::varchar as kind,
    null::varchar as who,
    null::timestamp as "at",  -- noqa: RF06
    null::varchar as why,
    null::varchar as before,
    null::varchar as after,
    null::bigint as undoes
where false
