"""Pages of the information desk."""
