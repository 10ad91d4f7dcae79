"""Measures: each acts on one named assumption of the model; nothing else can be changed.

A kind is a file in ``kinds/`` with one pure function ``persons`` and a YAML of the same name beside it. The registry
finds it by itself. ``groups`` reads the size of a target group from the data of the Kreis, ``timing`` gives the path
over the years, ``combine`` joins measures on the remaining potential, ``adjust`` turns the outcome into Adjustments.
"""
