-- Where a listed product is named: one row per place and rule, with the effect of the words around it.
{{ config(pre_hook=lexicon_hooks('product', 'product_terms', [('product', 'left'), ('product', 'right')])) }}

{{ hits_of_terms('product', ref('int_text_segments'), ref('product_terms'), ref('context_terms')) }}
