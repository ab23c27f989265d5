"""What weeks of practice show: trends beyond one's own noise, habits, and what has not been practised for long."""
