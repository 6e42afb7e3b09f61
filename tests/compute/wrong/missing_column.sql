/* A promised column is not there.

   grain   day
   inputs
   columns
     day  integer  a day
     other  integer  nothing
*/
select 1 as day
