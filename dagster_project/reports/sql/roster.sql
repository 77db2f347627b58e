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

-- A place is called as its government is, without the word for it; where the roster has none, by how the names of its
-- own units begin, if they all begin with one name of a place of its level.
unit as (
    select
        region_code,
        case when org_type = 'government' then regexp_extract(name, '^(.+)人民政府$', 1) else '' end as government,
        regexp_extract(
            name,
            case level
                when 'province' then '^(.+?(省|自治区|市))' when 'city' then '^(.+?(市|州|盟|地区))' else '^(.+?(县|区|市|旗))'
            end,
            1
        ) as beginning
    from dim_organization
    cross join asked
    where coalesce(abolished_on > asked.as_of, true)
        and level = case
            when region_code like '__0000' then 'province' when region_code like '____00' then 'city' else 'county'
        end
),

named as (
    select
        region_code,
        case
            when count(nullif(government, '')) = 1 then min(nullif(government, ''))
            when count(nullif(government, '')) = 0 and count(nullif(beginning, '')) > 1
                and min(beginning) = max(beginning) then min(beginning)
        end as name
    from unit
    group by region_code
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

-- One row for each unit: its place in the order in which an office names units: by region, then the government, the
-- departments, the institutions, the townships, the enterprises, then by code. The marts do not keep the roster's own lines.
create temp table roster as
select
    uscc,
    row_number() over (
        order by
            region_code,
            case level when 'province' then 1 when 'city' then 2 when 'county' then 3 else 4 end,
            case org_type
                when 'government' then 1 when 'department' then 2 when 'institution' then 3 when 'township' then 4
                when 'enterprise' then 5 else 6
            end,
            uscc
    ) as roster_no
from dim_organization;

-- One row for each unit of the roster: which one answers for it at the end of the period, and where that one stands.
create temp table answering as
select
    unit.uscc,
    coalesce(succession.answerable_uscc, unit.uscc) as answerable_uscc,
    answerable.name as unit_name,
    answerable.region_code,
    roster.roster_no
from dim_organization as unit
cross join asked
left join succession
    on unit.uscc = succession.uscc
    and succession.valid_from <= asked.through_on
    and coalesce(succession.valid_to > asked.through_on, true)
inner join dim_organization as answerable on coalesce(succession.answerable_uscc, unit.uscc) = answerable.uscc
inner join roster on answerable.uscc = roster.uscc;
