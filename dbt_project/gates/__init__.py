"""Gates: Great Expectations suites as code, run on DataFrames, quiet and offline."""
