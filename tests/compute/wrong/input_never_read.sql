/* Says more than it reads.

   grain   day
   inputs  raw.numbers
   columns
     day  integer  a day
*/
select 1 as day
