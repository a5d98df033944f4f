"""Working days: the holidays table, counting with a reason per day, and targets that other areas announce."""
