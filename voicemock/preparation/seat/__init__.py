"""What one seat asks for: postings, CVs, and what both leave open."""
