-- Where a title or an intervention names something that is not a cell, or hints at cells: one row per place and rule.
{{ config(pre_hook=lexicon_hooks('screening', 'screening_terms')) }}

{{ hits_of_terms(
    'screening', ref('int_text_segments'), ref('screening_terms'), tiers=['title', 'intervention'],
) }}
