"""What a candidate prepares with: a bank of stories, and what is due."""
