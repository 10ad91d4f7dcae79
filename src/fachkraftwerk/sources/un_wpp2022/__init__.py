"""United Nations: age-specific fertility of Germany, World Population Prospects 2022."""
