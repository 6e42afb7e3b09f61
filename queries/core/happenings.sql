/* To which happening each story belongs. Happenings are the unit of evidence: ten reports of one summit say once that it was friendly.

   Stories of one page belong together, whatever their subject. In curated data pages of one subject belong together when they follow
   each other within `happening_gap` days: what was chosen by hand was chosen together. In machine-coded data two words in common are
   asked for, of title or address, with the first story of the four weeks that has them; and where neither is known, the same day.
   No happening takes in a page more than `happening_days` after its first one, so a long quarrel is many happenings.

   A story joins what was there before it and never unites two, so no later story changes the evidence of an earlier day. Happenings of
   machine-coded data lie within fixed four weeks, and are built by these (see `frame`).

   grain   dataset, dyad, story
   inputs  core.events, staging.datasets, staging.gate_words, staging.method
   by      dataset, day
   frame   days of the same four weeks are built together
   columns
     dataset    varchar  where the story comes from
     dyad       varchar  the pair
     day        date     its day
     story      varchar  one page on one day; in curated data one event
     happening  varchar  the happening: its first story
   source  core.events; back-dated and excluded events are left out
*/
with stories as (
    select
        events.dataset,
        events.dyad,
        events.event_day as day,
        events.story,
        datasets.is_curated,
        min(events.domain) as domain,
        max(coalesce(events.url, events.source_title || ' ' || coalesce(events.outlet, ''))) as page,
        max(concat_ws(' ', regexp_replace(events.url, '^https?://[^/]*', ''), events.source_title)) as told,
        case when datasets.is_curated then 0 else date_diff('day', date '1900-01-01', events.event_day) // 28 end as frame,
        any_value(method.happening_gap) as gap,
        any_value(method.happening_days) as longest
    from core.events
    inner join staging.datasets on events.dataset = datasets.dataset
    cross join staging.method
    where not events.is_backdated and events.is_excluded is not true
    group by events.dataset, events.dyad, events.event_day, events.story, datasets.is_curated
),

page_steps as (
    select
        *,
        coalesce(page, story) as page_or_story,
        coalesce(day - lag(day) over (partition by dataset, dyad, frame, page_or_story order by day, story) <= gap, false) as is_near
    from stories
),

page_runs as (
    select
        *,
        sum(case when is_near then 0 else 1 end) over (
            partition by dataset, dyad, frame, page_or_story
            order by day, story
            rows unbounded preceding
        ) as run
    from page_steps
),

page_pieces as (
    select
        *,
        (day - min(day) over (partition by dataset, dyad, frame, page_or_story, run)) // longest as piece
    from page_runs
),

members as (
    select
        dataset,
        dyad,
        day,
        story,
        frame,
        first_value(story) over (partition by dataset, dyad, frame, page_or_story, run, piece order by day, story) as first_story
    from page_pieces
),

heads as (
    select stories.*
    from stories
    inner join members on stories.dataset = members.dataset and stories.dyad = members.dyad and stories.story = members.story
    where members.story = members.first_story
),

words as (
    select
        dataset,
        dyad,
        frame,
        domain,
        day,
        story,
        unnest(list_distinct(regexp_extract_all(lower(strip_accents(url_decode(told))), '\p{L}{5,}'))) as word
    from heads
    where not is_curated
),

names as (
    select distinct
        means as country,
        unnest(string_split(word, '-')) as word
    from staging.gate_words
    where kind in ('name', 'demonym')
),

telling as (
    select
        *,
        first_value(story) over (partition by dataset, dyad, frame, domain, word order by day, story) as first_story,
        first_value(day) over (partition by dataset, dyad, frame, domain, word order by day, story) as first_day
    from words
    anti join names on words.word = names.word and contains(words.dyad, names.country)
    where word not in ('https', 'index', 'article', 'articles', 'story', 'stories', 'archive', 'archives', 'world', 'noticias', 'english')
),

shared as (
    select
        dataset,
        dyad,
        story,
        first_story,
        first_day
    from telling
    group by dataset, dyad, story, first_story, first_day
    having count(*) >= 2 or story = first_story
),

leaders as (
    select
        dataset,
        dyad,
        story,
        arg_min(first_story, (first_day, first_story)) as leader
    from shared
    group by dataset, dyad, story
),

led as (
    select
        leaders.dataset,
        leaders.dyad,
        leaders.story,
        coalesce(before.leader, leaders.leader) as leader
    from leaders
    left join
        leaders as before
        on leaders.dataset = before.dataset and leaders.dyad = before.dyad and leaders.leader = before.story
),

topics as (
    select
        heads.*,
        case
            when heads.is_curated then heads.domain
            else coalesce(led.leader, heads.domain || ' ' || heads.day)
        end as topic
    from heads
    left join led on heads.dataset = led.dataset and heads.dyad = led.dyad and heads.story = led.story
),

topic_steps as (
    select
        *,
        coalesce(day - lag(day) over (partition by dataset, dyad, frame, topic order by day, story) <= gap, false) as is_near
    from topics
),

topic_runs as (
    select
        *,
        sum(case when is_near then 0 else 1 end) over (
            partition by dataset, dyad, frame, topic
            order by day, story
            rows unbounded preceding
        ) as run
    from topic_steps
),

topic_pieces as (
    select
        *,
        (day - min(day) over (partition by dataset, dyad, frame, topic, run)) // longest as piece
    from topic_runs
),

firsts as (
    select
        dataset,
        dyad,
        story,
        first_value(story) over (partition by dataset, dyad, frame, topic, run, piece order by day, story) as happening
    from topic_pieces
)

select
    members.dataset,
    members.dyad,
    members.day,
    members.story,
    firsts.happening
from members
inner join firsts on members.dataset = firsts.dataset and members.dyad = firsts.dyad and members.first_story = firsts.story
