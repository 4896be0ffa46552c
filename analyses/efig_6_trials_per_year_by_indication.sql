-- eFig. 6: trials in China by year of registration and indication group; a trial of two counts for both: one row per
-- year and indication group.
{{ trials_per_year(ref('bridge_trial_indication'), 'indication_group') }}
