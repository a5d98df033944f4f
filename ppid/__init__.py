"""Public information: requests answered in time, objections and disputes, what is public and what is not."""
