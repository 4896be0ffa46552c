"""What runs around dbt: command line, gates, publication."""
