/* What the tables were last built from, so that a refresh with nothing new can stop at once.

   grain   run_id
   inputs
   kept    the loader appends
   columns
     run_id       varchar  the run that built
     fingerprint  varchar  checksum of all queries and reference tables
   source  the loader
*/
select
    null::varchar as run_id,
    null::varchar as fingerprint
where false
