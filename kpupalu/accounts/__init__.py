"""Users, roles as groups, stand-ins (Plh.), sessions, two-factor login, and the rule of every URL."""
