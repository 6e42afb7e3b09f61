/* The same day twice.

   grain   day
   inputs
   columns
     day  integer  a day
*/
select unnest([1, 1]) as day
