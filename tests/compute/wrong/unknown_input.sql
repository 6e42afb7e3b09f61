/* Reads what nobody makes.

   grain   day
   inputs  staging.event
   columns
     day  integer  a day
*/
select day from staging.event
