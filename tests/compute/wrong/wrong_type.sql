/* Another type.

   grain   day
   inputs
   columns
     day  date  a day
*/
select 1 as day
