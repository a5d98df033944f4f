"""Meetings: who is invited and who came, what was said and answered, what follows, and the notulen."""
