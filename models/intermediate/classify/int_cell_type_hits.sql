-- Where a cell type is named: one row per place and rule, with the effect of the words around it.
{{ config(
    pre_hook=lexicon_hooks(
        'cell_type', 'cell_type_terms', [('cell_type', 'left'), ('cell_type', 'right'), ('cell_adjective', 'left')]
    ),
) }}

{{ hits_of_terms(
    'cell_type',
    ref('int_text_segments'),
    ref('cell_type_terms'),
    ref('context_terms'),
    also=[
        'regexp_matches(hits.left_context, ' ~ context_pattern('cell_adjective', 'left') ~ ') as has_preparation_word',
    ],
) }}
