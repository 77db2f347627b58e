-- The marts' months as periods. A month has no ranks.
create temp table region_period as
select *, month as starts_on, cast(null as bigint) as rank from region_monthly;

create temp table org_period as
select *, month as starts_on from org_monthly;
