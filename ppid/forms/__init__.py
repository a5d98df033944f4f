"""What is typed at the information desk and on its public pages; no rule of the office."""
