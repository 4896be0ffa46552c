{# The switches that this build was made with, as one line of text: `include_hsct=false; sponsor_rule=regulatory; …`. #}
{% macro build_settings() -%}
    {%- set switches = [
        'as_of', 'study_window_start', 'study_window_end', 'include_hsct', 'include_dli', 'include_in_vivo_car',
        'include_pbmc_and_bmmnc', 'sponsor_rule', 'link_scope', 'china_includes_hk_mo_tw',
    ] -%}
    {%- set settings = [] -%}
    {%- for switch in switches -%}
        {%- set value = var(switch) -%}
        {%- do settings.append(switch ~ '=' ~ ('' if value is none else value | string | lower)) -%}
    {%- endfor -%}
    {{ return(settings | join('; ')) }}
{%- endmacro %}
