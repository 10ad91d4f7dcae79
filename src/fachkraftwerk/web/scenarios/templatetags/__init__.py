"""Template filters of the scenario pages."""
