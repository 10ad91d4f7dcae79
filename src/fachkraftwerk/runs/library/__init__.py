"""The library of real measures that ships: who did what where, with source and the lever it pulls."""
