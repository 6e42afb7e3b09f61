/* Another order.

   grain   day
   inputs
   columns
     day  integer  a day
     n  integer  a number
*/
select 2 as n, 1 as day
