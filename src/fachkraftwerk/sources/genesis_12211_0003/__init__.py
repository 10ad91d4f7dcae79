"""GENESIS 12211-0003: participation by age and sex, Germany 1991-2019."""
