-- eFig. 8: trials in China, outside oncology, registered 2021-2023, by target and cell type; a trial of several counts
-- for each pair: one row per target and cell type.
{{ targets_by_cell_type('not is_oncology') }}
