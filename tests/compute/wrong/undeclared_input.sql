/* Reads more than it says.

   grain   day
   inputs
   columns
     day  integer  a day
*/
select n as day from raw.numbers
