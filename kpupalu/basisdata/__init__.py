"""The database as a whole: what the application's role may do in it, and whether a restored copy is the same."""
