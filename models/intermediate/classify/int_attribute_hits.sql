-- Where cell source, donor, study kind, in-vivo delivery or an IND is named: one row per place and rule, with the effect of the
-- words around it.
{{ config(pre_hook=lexicon_hooks('attribute', 'attribute_terms', [('attribute', 'left'), ('attribute', 'right')])) }}

{{ hits_of_terms('attribute', ref('int_text_segments'), ref('attribute_terms'), ref('context_terms')) }}
