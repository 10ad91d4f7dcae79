"""The live workshop: a room of people turns a forecast into measures."""
