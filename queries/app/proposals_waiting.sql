/* Pages with proposals that await review, of configured pairs or of a country of one: those read last first.

   inputs  main.proposals, main.dyads, main.events
   parameters  dataset (the one that people coded), most
   columns
     number       bigint   the first of the page's proposals
     dyad         varchar  its pair, or the country that acts where the page names no other
     title        varchar  title of the page; of a page that is gone the sentence
     language     varchar  ISO 639-1; empty where unknown
     day          date     day of the newest act proposed; NULL where none has one
     n_here       bigint   proposals of the page that await review
     n_waiting    bigint   proposals that await review, of all pages
     record_end   date     day of the newest act of the dataset
   source  main.proposals
*/
with newest as (
    select max(event_day) as record_end
    from main.events
    where dataset = $dataset
),

waiting as (
    select *
    from main.proposals
    where
        state = 'open'
        and exists (
            select 1
            from main.dyads
            where dyads.dyad = proposals.dyad or (proposals.target_country = '' and contains(dyads.dyad, proposals.source_country))
        )
),

pages as (
    select
        min(number) as number,
        min_by(dyad, number) as dyad,
        coalesce(min_by(title, number), min_by(evidence, number)) as title,
        coalesce(min_by(language, number), '') as language,
        max(event_date) as day,
        count(*) as n_here
    from waiting
    group by source, item_id
)

select
    pages.number,
    pages.dyad,
    pages.title,
    pages.language,
    pages.day,
    pages.n_here,
    sum(pages.n_here) over ()::bigint as n_waiting,
    newest.record_end
from pages
cross join newest
order by pages.day desc nulls last, pages.number desc
limit $most
