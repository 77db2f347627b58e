-- One row for each place of the paper, in the order of codes: its mean score of the year, that of its own units, that of
-- the year before, and its rank by the mean score among the places under the same one.
select
    place.* exclude (policy_id),
    now.units,
    now.mean_score,
    own.units as own_units,
    own.mean_score as own_mean_score,
    now.mean_score - before.mean_score as mean_score_change,
    case
        when now.mean_score is not null
            then rank() over (partition by place.parent_code order by now.mean_score desc nulls last)
    end as rank
from place
cross join asked
inner join region_period as now
    on place.region_code = now.region_code and now.reach = 'all' and now.starts_on = asked.starts_on
left join region_period as before
    on place.region_code = before.region_code and before.reach = 'all' and before.starts_on = asked.starts_last_year
left join region_period as own
    on place.region_code = own.region_code and own.reach = 'own' and own.starts_on = asked.starts_on
order by place.region_code
