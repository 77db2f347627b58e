-- Which places a paper is about, and which units answer at its end.

-- One row for each region of the period that the paper is about, with the digits its units begin with.
create temp table place as
with code as (
    select
        region.region_code,
        region.policy_id,
        case
            when region.region_code like '__0000' then substr(region.region_code, 1, 2)
            when region.region_code like '____00' then substr(region.region_code, 1, 4)
            else region.region_code
        end as prefix
    from region_period as region
    inner join asked on region.starts_on = asked.starts_on
    where region.reach = 'all'
),

-- A place is called as its government is, without the word for it.
named as (
    select region_code, min(regexp_replace(name, '人民政府$', '')) as name
    from dim_organization
    cross join asked
    where org_type = 'government' and name like '_%人民政府'
        and coalesce(abolished_on > asked.as_of, true)
        and level = case
            when region_code like '__0000' then 'province' when region_code like '____00' then 'city' else 'county'
        end
    group by region_code
    having count(*) = 1
)

select
    code.region_code,
    code.prefix,
    code.policy_id,
    named.name,
    case length(code.prefix) when 2 then 'province' when 4 then 'city' else 'county' end as level,
    case
        when length(code.prefix) = 2 then null
        when length(code.prefix) = 4 or substr(code.region_code, 3, 1) = '9' then substr(code.region_code, 1, 2) || '0000'
        else substr(code.region_code, 1, 4) || '00'
    end as parent_code
from code
left join named on code.region_code = named.region_code
where starts_with(code.region_code, getvariable('prefix'));

-- One row for each unit of the roster: which one answers for it at the end of the period, and where that one stands.
create temp table answering as
select
    unit.uscc,
    coalesce(succession.answerable_uscc, unit.uscc) as answerable_uscc,
    answerable.name as unit_name,
    answerable.region_code
from dim_organization as unit
cross join asked
left join succession
    on unit.uscc = succession.uscc
    and succession.valid_from <= asked.through_on
    and coalesce(succession.valid_to > asked.through_on, true)
inner join dim_organization as answerable on coalesce(succession.answerable_uscc, unit.uscc) = answerable.uscc;
