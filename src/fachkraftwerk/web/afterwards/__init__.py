"""After the bell: minutes, files, prints, paper, the next workshop."""
