"""Global search: each area says what its reader may find; voters are never searched here."""
