"""The live channel: acts in, numbered changes out."""
