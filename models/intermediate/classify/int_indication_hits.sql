-- Where a disease is named: one row per place and rule, with the effect of the words around it.
{{ config(
    pre_hook=lexicon_hooks('indication', 'indication_terms', [('indication', 'left'), ('indication', 'right')]),
) }}

{{ hits_of_terms('indication', ref('int_text_segments'), ref('indication_terms'), ref('context_terms')) }}
