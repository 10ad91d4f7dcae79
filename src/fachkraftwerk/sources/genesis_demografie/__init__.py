"""GENESIS demography of Germany and the Länder, and the period life tables."""
