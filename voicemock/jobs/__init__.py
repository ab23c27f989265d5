"""What a command and a page both do, from values to values; nothing here parses or prints."""
