"""What the pages on quality show, without anything of the web."""
