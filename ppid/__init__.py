"""Public information: requests answered in time, objections and disputes, the lists of what is public and what is not."""
