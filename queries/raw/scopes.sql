/* Which pairs were configured when machine-coded files were read: a pair that is added later needs those files again.

   grain   run_id, dyad
   inputs
   kept    the loader appends
   columns
     run_id  varchar  run that read files
     dyad    varchar  pair that was configured then
   source  the loader
*/
select
    null::varchar as run_id,
    null::varchar as dyad
where false
