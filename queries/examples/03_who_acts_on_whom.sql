/* Do the two countries act alike?

   reading  Difference of the two directions. Meetings and agreements count for the pair, not for one side.
*/
select
    one.day,
    one.balance as usa_on_mex,
    other.balance as mex_on_usa,
    one.balance - other.balance as difference
from indicator_day as one
inner join indicator_day as other on one.day = other.day and one.dataset = other.dataset
where one.dataset = 'chronology' and one.dyad = 'USA>MEX' and other.dyad = 'MEX>USA' and one.day = last_day(one.day)
order by one.day desc
