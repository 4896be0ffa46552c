-- eFig. 5: trials in China by year of registration and named target; a trial of two counts for both: one row per year
-- and named target.
{{ trials_per_year(ref('bridge_trial_target'), 'target', condition='is_stated') }}
