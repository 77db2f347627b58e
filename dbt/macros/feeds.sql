{#- Where a row of a feed stands among all versions of its feed: day of the delivery, file, sheet, row. -#}
{% macro position(delivery, row) -%} ({{ delivery }}.delivery_no * 4294967296 + {{ row }}.line_no) {%- endmacro %}

{#-
One row for each row of `raw.<feed>` of a delivery that is seen, with its outcome (feeds.md, "What happens to a row").
    keys          key columns of the contract, without the unit
    unit_in_key   the resolved unit is part of the key
    about_unit    the feed's rows are about units
    mostly_others most rows are about companies and persons: no warning for a name that resembles no unit
-#}
{% macro feed_versions(feed, keys=[], unit_in_key=false, about_unit=true, mostly_others=false) %}
with placed as (
    select
        {{ position('delivery', 'r') }} as position,
        r.delivery_id,
        delivery.received_on,
        {%- for key in keys %}
        r.{{ key }},
        {%- endfor %}
        {%- if unit_in_key %}
        mention.unit_key,
        {%- endif %}
        {%- if about_unit %}
        r.mention_id,
        mention.about_unit_no as unit_no,
        r.warnings is not null
        or coalesce(mention.is_conflict, false)
        or coalesce(mention.is_unresolved
            {%- if mostly_others %} and mention.resembles_a_unit{% endif %}, false) as is_warned,
        coalesce(mention.is_about_classified, false) as is_about_classified,
        {%- else %}
        cast(null as bigint) as mention_id,
        cast(null as int) as unit_no,
        r.warnings is not null as is_warned,
        false as is_about_classified,
        {%- endif %}
        r.row_hash,
        r.retracted
    from {{ source('raw', feed) }} as r
    inner join {{ ref('stg_delivery') }} as delivery on r.delivery_id = delivery.delivery_id
    {%- if about_unit %}
    left join {{ ref('stg_mention') }} as mention on r.mention_id = mention.mention_id
    {%- endif %}
),

compared as (
    select
        *,
        lag(row_hash) over version as earlier_hash,
        lag(received_on) over version as earlier_received_on,
        lag(unit_no) over version as earlier_unit_no,
        lead(position) over version as later_position
    from placed
    window version as (
        partition by {{ (keys + (['unit_key'] if unit_in_key else [])) | join(', ') }}
        order by position
    )
)

select
    position,
    delivery_id,
    mention_id,
    unit_no,
    retracted,
    is_about_classified,
    coalesce(row_hash = earlier_hash, false) as is_duplicate,
    coalesce(row_hash <> earlier_hash, true)
    and (
        is_warned
        or coalesce(received_on = earlier_received_on, false)
        or coalesce(unit_no <> earlier_unit_no, false)
    ) as is_warned,
    later_position is null as is_current
from compared
{% endmacro %}

{#- The version that counts of each thing that is not retracted, about no classified unit: `columns` of the contract, with the unit. -#}
{% macro feed_current(feed, columns, about_unit=true) %}
select
    {%- if about_unit %}
    version.unit_no,
    {%- endif %}
    {%- for column in columns %}
    r.{{ column }},
    {%- endfor %}
    version.position
from {{ source('raw', feed) }} as r
inner join {{ ref('stg_delivery') }} as delivery on r.delivery_id = delivery.delivery_id
inner join {{ ref('stg_' ~ feed ~ '_versions') }} as version
    on {{ position('delivery', 'r') }} = version.position
where
    version.is_current
    and not version.retracted
    and not version.is_about_classified
{% endmacro %}
