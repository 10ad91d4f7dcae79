"""Rules of the scenario pages: what was asked, what is answered, what is kept."""
