{# ClinicalTrials.gov interventions reach ICTRP as `Type: name`, with the types of the API's InterventionType enumeration. #}
{% macro intervention_type_expression() -%}
^(Behavioral|Biological|Combination Product|Device|Diagnostic Test|Dietary Supplement|Drug|Genetic|Procedure|Radiation|Other):\s*
{%- endmacro %}

{% macro intervention_type_prefix(text) -%}
nullif(regexp_extract({{ text }}, '{{ intervention_type_expression() }}', 1), '')
{%- endmacro %}

{% macro without_intervention_type_prefix(text) -%}
regexp_replace({{ text }}, '{{ intervention_type_expression() }}', '')
{%- endmacro %}
