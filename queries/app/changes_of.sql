/* Change points of a pair and its two directions in one subject, with the false-alarm rates of the search; a series without one has one row.

   inputs  main.change_point_series, main.change_points, main.dyads
   parameters  dataset, dyad, domain
   columns  those of main.change_point_series, and of main.change_points where a change was found
   source  main.change_points
*/
select
    searched.*,
    change_points.day,
    change_points.window_from,
    change_points.window_to,
    change_points.size,
    change_points.before,
    change_points.after,
    change_points.from_day,
    change_points.to_day,
    change_points.top_stories,
    change_points.top_share
from main.change_point_series as searched
inner join main.dyads on searched.dyad in (dyads.dyad, dyads.country_a || '>' || dyads.country_b, dyads.country_b || '>' || dyads.country_a)
left join main.change_points
    on
        searched.dataset = change_points.dataset
        and searched.dyad = change_points.dyad
        and searched.domain = change_points.domain
where searched.dataset = $dataset and dyads.dyad = $dyad and searched.domain = $domain
order by length(searched.dyad) asc, contains(searched.dyad, '>') asc, searched.dyad asc, change_points.day asc
