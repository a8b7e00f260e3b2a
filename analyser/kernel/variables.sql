-- variables: one row per assessment: what follows from policy and registers before anything else.
-- A value that the scheme's policy does not have is left out of the least.
SELECT least(getvariable('idle_threshold_us'), getvariable('figures_lower_threshold_us'),
  getvariable('figures_upper_threshold_us'), getvariable('media_long_us'),
  -- Silences as short as the shortest automatic logout must be kept for its rule.
  min(auto_logout_s) * 1000000 + getvariable('auto_logout_grace_us')) AS least_threshold_us
FROM activities
