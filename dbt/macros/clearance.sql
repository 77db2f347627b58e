{#-
The verdict of the clearance look-up (rules.md) for each row of a relation: its key, the unit, the unit's region, and the day.
-#}
{% macro clearance_on(subjects, key, uscc, region_code, day) %}
    with subject as (
        select
            {{ key }},
            {{ uscc }} as subject_uscc,
            {{ region_code }} as subject_region_code,
            {{ day }} as on_day
        from {{ subjects }}
    ),

    term as (
        select
            subject.*,
            year(subject.on_day) - cast(parameter.value as int) + 1 as first_year
        from subject
        left join {{ ref('int_region_policy') }} as region_policy
            on
                subject.subject_region_code = region_policy.region_code
                and subject.on_day >= region_policy.valid_from
                and subject.on_day < region_policy.valid_to
        inner join {{ ref('int_policy_parameter') }} as parameter
            on coalesce(region_policy.policy_id, '') = parameter.policy_id and parameter.key = 'clearance.years'
    ),

    counted as (
        select
            term.{{ key }},
            count(*) as records_counted,
            count(case when period.status not in ('repaired', 'lenient', 'under_objection') then 1 end)
                as records_barring
        from term
        inner join {{ ref('record_period') }} as period
            on
                term.subject_uscc = period.answerable_uscc
                and term.on_day >= period.valid_from
                and coalesce(term.on_day < period.valid_to, true)
        where
            period.weight > 0
            and coalesce(period.counts_until >= period.occurred_on, true)
            and year(least(coalesce(period.counts_until, term.on_day), term.on_day)) >= term.first_year
        group by term.{{ key }}
    ),

    listed as (
        select
            term.{{ key }},
            count(*) as listings_active
        from {{ ref('fct_listing') }} as listing
        left join {{ ref('succession') }} as succession on listing.uscc = succession.uscc
        inner join term
            on
                coalesce(succession.answerable_uscc, listing.uscc) = term.subject_uscc
                and coalesce(term.on_day >= succession.valid_from, true)
                and coalesce(term.on_day < succession.valid_to, true)
                and term.on_day >= listing.published_on
                and coalesce(term.on_day < listing.removed_on, true)
        group by term.{{ key }}
    )

    select
        term.{{ key }},
        term.first_year,
        coalesce(counted.records_counted, 0) as records_counted,
        coalesce(listed.listings_active, 0) as listings_active,
        case
            when listed.listings_active > 0 or counted.records_barring > 0 then 'barred'
            when counted.records_counted > 0 then 'attention'
            else 'clear'
        end as clearance
    from term
    left join counted on term.{{ key }} = counted.{{ key }}
    left join listed on term.{{ key }} = listed.{{ key }}
{% endmacro %}
