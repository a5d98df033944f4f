"""A labelled population to judge any duplicate matcher by; see ``pembuat`` for what its truth means."""
