"""What a daily look at the information desk finds wrong, each check with its explanation; open to other modules."""
