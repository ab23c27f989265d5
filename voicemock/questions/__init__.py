"""Question sets, and questions in the user's own words."""
