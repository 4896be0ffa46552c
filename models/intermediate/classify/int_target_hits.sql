-- Where an antigen is named: one row per place and rule, with the effect of the words around it.
{{ config(pre_hook=lexicon_hooks('target', 'target_terms', [('target', 'left'), ('target', 'right')])) }}

{{ hits_of_terms(
    'target',
    ref('int_text_segments'),
    ref('target_terms'),
    ref('context_terms'),
    also=['hits.right_words_between'],
) }}
