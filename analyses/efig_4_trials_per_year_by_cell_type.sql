-- eFig. 4: trials in China by year of registration and cell type; a trial of two counts for both: one row per year and
-- cell type.
{{ trials_per_year(ref('bridge_trial_cell_type'), 'cell_type') }}
