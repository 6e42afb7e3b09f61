/* Two statements.

   grain   day
   inputs
   columns
     day  integer  a day
*/
select 1 as day; drop table raw.numbers
