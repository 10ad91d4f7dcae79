"""Views of the scenario pages, named by what they show."""
