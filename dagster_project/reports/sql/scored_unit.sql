-- One row for each unit assessed in the year: its score, against the year before, and how many deductions it has. In the
-- order of a ranking: units that are compared with each other together, the best first.
with cost as (
    select uscc, count(*) as deductions
    from annual_deduction
    inner join asked on annual_deduction.year = year(asked.starts_on)
    group by uscc
),

-- The lowest of a policy's bands, where it has others.
lowest_band as (
    select policy_id, min_by(substr(key, 15), cast(value as decimal(12, 4))) as band
    from policy_parameter
    where starts_with(key, 'scoring.bands.')
    group by policy_id
    having count(*) > 1
)

select
    row_number() over (
        order by
            case assessed.level when 'province' then 1 when 'city' then 2 when 'county' then 3 else 4 end,
            assessed.level,
            case assessed.org_type
                when 'government' then 1 when 'department' then 2 when 'institution' then 3 when 'township' then 4 else 5
            end,
            assessed.org_type,
            assessed.policy_id,
            assessed.rank,
            roster.roster_no
    ) as unit_no,
    roster.roster_no,
    assessed.uscc,
    unit.name as unit_name,
    unit.region_code,
    assessed.policy_id,
    coalesce(nullif(titled.value, ''), assessed.policy_id) as policy_name,
    assessed.level,
    assessed.org_type,
    assessed.base,
    assessed.deducted,
    assessed.score,
    assessed.band,
    coalesce(assessed.band = lowest_band.band, false) as has_lowest_band,
    assessed.rank,
    assessed.peers,
    assessed.score - before.score as score_change,
    coalesce(cost.deductions, 0) as deductions
from annual_assessment as assessed
inner join asked on assessed.year = year(asked.starts_on)
inner join dim_organization as unit on assessed.uscc = unit.uscc
inner join roster on assessed.uscc = roster.uscc
left join annual_assessment as before
    on assessed.uscc = before.uscc and before.year = assessed.year - 1 and assessed.policy_id = before.policy_id
left join policy_parameter as titled on assessed.policy_id = titled.policy_id and titled.key = 'name'
left join lowest_band on assessed.policy_id = lowest_band.policy_id
left join cost on assessed.uscc = cost.uscc
where starts_with(unit.region_code, getvariable('prefix'))
order by unit_no
