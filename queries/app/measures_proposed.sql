/* Changes of measures that the coder proposes and no person has reviewed, of configured pairs or of a country of one, the newest first.

   inputs  main.proposals, main.dyads, main.countries
   parameters  dyad (`all` for every pair), domain (`all` for every subject), most
   columns
     number      bigint   number of the proposal
     day         date     day of the act; that on which it was proposed where the sentence names none
     dyad        varchar  the pair, or the country that acts where the sentence names no other
     pair_en     varchar  its name, the leading country first
     pair_es     varchar  the same in Spanish
     domain      varchar  subject
     state       varchar  state to which the measure would change
     rate        double   rate in per cent; NULL where the sentence names none
     evidence    varchar  the sentence
     backend     varchar  coder with its version
     source      varchar  source of the intake
   source  main.proposals
*/
with named as (
    select
        dyads.dyad,
        lead_country.name_en || ' – ' || partner.name_en as pair_en,
        lead_country.name_es || ' – ' || partner.name_es as pair_es
    from main.dyads
    inner join main.countries as lead_country on dyads.lead = lead_country.country
    inner join
        main.countries as partner
        on partner.country = case when dyads.lead = dyads.country_a then dyads.country_b else dyads.country_a end
    union all
    select distinct
        countries.country as dyad,
        countries.name_en as pair_en,
        countries.name_es as pair_es
    from main.countries
    inner join main.dyads on countries.country in (dyads.country_a, dyads.country_b)
)

select
    proposals.number,
    coalesce(proposals.event_date, proposals.proposed_at::date) as day,
    proposals.dyad,
    named.pair_en,
    named.pair_es,
    proposals.domain,
    proposals.measure_state as state,
    try_cast(proposals.rate as double) as rate,
    proposals.evidence,
    proposals.backend,
    proposals.source
from main.proposals
inner join named on proposals.dyad = named.dyad
where
    proposals.state = 'open'
    and proposals.measure_state <> ''
    and proposals.on_record = ''
    and ($dyad in ('all', proposals.dyad) or (not contains(proposals.dyad, '-') and contains($dyad, proposals.dyad)))
    and $domain in ('all', proposals.domain)
order by day desc, proposals.number desc
limit $most
