/* What the words of an address speak of: countries, their regions, and topics that are no acts of states.

   Looked at are the parts of its path, without accents. Countries count only in parts of three words or more, where there are any: `/us/politics/` is a section.
   Of two that overlap the longer one holds: New Mexico is no Mexico. A leader stands for the country while in office.

   grain   dataset, day, url
   inputs  raw.reports, raw.datasets, staging.gate_words
   built   passing
   by      dataset, day
   columns
     dataset     varchar    where the reports with it come from
     day         date       their day
     url         varchar    the address
     n_words     bigint     words of two letters or more in its path
     countries   varchar[]  countries that it names
     regions     varchar[]  regions of countries that it names
     has_others boolean    it speaks of governments in general: `world leaders`
     topics      varchar[]  topics that it names
     acts        varchar[]  kinds of acts that its words tell
     objects     varchar[]  pairs of countries, as `MEX USA`, to which somebody else does something: a visit to Rwanda and Uganda
   source  raw.reports
*/
with addresses as (
    select distinct
        reports.dataset,
        reports.event_day as day,
        reports.url
    from raw.reports
    inner join raw.datasets on reports.dataset = datasets.dataset
    where datasets.gate = 'on' and reports.url is not null
),

urls as materialized (
    select
        url,
        row_number() over () as url_no
    from (select distinct url from addresses) as distinct_urls
),

paths as (
    select
        url_no,
        string_split(regexp_replace(regexp_replace(url, '^https?://[^/]*', ''), '[?#].*$', ''), '/') as parts
    from urls
),

segments as (
    select
        url_no,
        generate_subscripts(parts, 1) as segment,
        regexp_extract_all(lower(strip_accents(url_decode(unnest(parts)))), '[a-z0-9]+') as tokens
    from paths
),

counted as materialized (
    select
        url_no,
        segment,
        tokens,
        len(list_filter(tokens, lambda token: regexp_matches(token, '^[a-z]{2,}$'))) as n_words
    from segments
),

longest_parts as materialized (
    select
        url_no,
        sum(n_words)::bigint as n_words,
        max(n_words) as n_longest
    from counted
    group by url_no
),

places as (
    select
        url_no,
        segment,
        tokens,
        n_words,
        generate_subscripts(tokens, 1) as start,
        unnest(tokens) as token
    from counted
),

spans as materialized (
    select
        places.url_no,
        places.segment,
        places.n_words,
        places.start,
        places.start + words.n_parts - 1 as stop,
        words.kind,
        words.means,
        words.word,
        words.since,
        words.until
    from places
    inner join
        staging.gate_words as words
        on
            places.token = words.first_part
            and (words.n_parts = 1 or array_to_string(places.tokens[places.start:places.start + words.n_parts - 1], '-') = words.word)
),

found as materialized (
    select spans.*
    from spans
    anti join
        spans as wider
        on
            spans.url_no = wider.url_no
            and spans.segment = wider.segment
            and spans.start >= wider.start
            and spans.stop <= wider.stop
            and spans.stop - spans.start < wider.stop - wider.start
),

named as (
    select
        found.url_no,
        found.kind,
        found.means,
        found.word,
        found.since,
        found.until
    from found
    inner join longest_parts on found.url_no = longest_parts.url_no
    where found.kind in ('topic', 'act') or found.n_words >= least(longest_parts.n_longest, 3)
),

in_a_row as (
    select distinct
        one.url_no,
        least(one.means, other.means) || ' ' || greatest(one.means, other.means) as objects
    from found as one
    inner join
        found as other
        on
            one.url_no = other.url_no
            and one.segment = other.segment
            and one.means <> other.means
            and one.kind in ('name', 'demonym', 'capital')
            and other.kind in ('name', 'demonym', 'capital')
            and other.start - one.stop in (1, 2)
    inner join counted on one.url_no = counted.url_no and one.segment = counted.segment
    where
        one.start > 1
        and counted.tokens[one.start - 1] in (
            'to', 'in', 'on', 'from', 'for', 'with', 'against', 'at', 'visit', 'visits', 'tours', 'a', 'en', 'desde', 'para', 'por', 'con', 'contra', 'visita'
        )
        and case
            when other.start - one.stop = 2 then counted.tokens[one.stop + 1] in ('and', 'y', 'e')
            else not coalesce(regexp_matches(counted.tokens[other.stop + 1], '^[a-z]+$'), false)
        end
),

pairs_of_objects as (
    select
        url_no,
        list_sort(list(objects)) as objects
    from in_a_row
    group by url_no
),

told as (
    select
        addresses.dataset,
        addresses.day,
        urls.url_no,
        list_sort(list_distinct(list(named.means) filter (
            where named.kind in ('name', 'demonym', 'capital', 'body', 'border')
            or (named.kind = 'leader' and addresses.day >= named.since and addresses.day < named.until)
        ))) as countries,
        list_sort(list_distinct(list(named.word) filter (where named.kind = 'region'))) as regions,
        bool_or(named.kind = 'others') as has_others,
        list_sort(list_distinct(list(named.means) filter (where named.kind = 'topic'))) as topics,
        list_sort(list_distinct(list(named.means) filter (where named.kind = 'act'))) as acts
    from addresses
    inner join urls on addresses.url = urls.url
    inner join named on urls.url_no = named.url_no
    group by addresses.dataset, addresses.day, urls.url_no
)

select
    addresses.dataset,
    addresses.day,
    addresses.url,
    longest_parts.n_words,
    coalesce(told.countries, []) as countries,
    coalesce(told.regions, []) as regions,
    coalesce(told.has_others, false) as has_others,
    coalesce(told.topics, []) as topics,
    coalesce(told.acts, []) as acts,
    coalesce(pairs_of_objects.objects, []) as objects
from addresses
inner join urls on addresses.url = urls.url
inner join longest_parts on urls.url_no = longest_parts.url_no
left join told on addresses.dataset = told.dataset and addresses.day = told.day and urls.url_no = told.url_no
left join pairs_of_objects on urls.url_no = pairs_of_objects.url_no
